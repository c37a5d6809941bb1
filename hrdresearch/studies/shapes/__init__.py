"""Kinds of tables that several studies use; each function returns a ``Finding`` or cells of one."""
