"""All records of a registry: where they are, what the index knows of each, and how one is found."""
