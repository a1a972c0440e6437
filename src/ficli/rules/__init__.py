"""The rules: one module a rule, one folder a family, and the modules that run them.

`contract` is the interface of a rule, `catalogue` lists the rules, and `selection` chooses those of a run.
`check_record` runs them on one record, `cross_record` on all records together, and `check_registry` does both.
`history_context` is what rules about a change see. `locate` finds the place of a problem, `suppression` the comments
that allow a finding. `fixes` applies fixes, and `remembered` stores findings for the next run.
"""
