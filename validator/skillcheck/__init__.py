"""Proves Claude skills."""
