"""All records of a registry: where they lie, what the index knows of each, and how one is found."""
