"""Rules on plugin.json and marketplace.json."""
