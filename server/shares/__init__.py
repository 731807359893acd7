"""The person's history: what is logged, how it went, what it was worth, what comes in and what goes out."""
