"""The Queue page: every job, and what can be done about the selected one."""
