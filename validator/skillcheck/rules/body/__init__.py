"""Rules on Markdown: links, fences, directives and files."""
