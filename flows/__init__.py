"""Prefect around the services: flows, tasks, schedules; wiring and no logic of the field."""
