"""Whether what proves a skill would notice a mistake in it: each block is changed a little, and proven again."""
