"""Runs a named function of ours on a stranger's file in a process that can be killed."""
