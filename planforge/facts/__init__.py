"""Facts: what is true of one school in one term, complete, immutable, each value with its source."""
