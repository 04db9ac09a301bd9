"""Rules on the entries of `allowed-tools`."""
