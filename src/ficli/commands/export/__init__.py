"""Write the whole index in a format for others: `ficli export`."""
