"""Reports → text: each format is one file of this folder, which has its name and holds one value, `REPORTER`."""
