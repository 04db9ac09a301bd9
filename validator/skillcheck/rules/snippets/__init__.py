"""Rules on the files that are generated: snippets and evidence."""
