"""Documents of an editor → what is wrong with them, why, and the edits that mend it: the Language Server Protocol.

A leaf over the public API, as the pytest plugin is. It needs the extra `lsp`, and executes nothing of a bundle.
"""
