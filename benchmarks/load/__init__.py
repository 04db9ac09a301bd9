"""What the patterns of quart-patterns cost at work: against a bare Quart route, over loopback alone."""
