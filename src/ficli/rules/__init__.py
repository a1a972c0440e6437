"""The rules: one module a rule, in a folder a family, and the engine that runs them.

`contract` is the interface of a rule, `catalogue` lists the rules, `engine` runs them over one
record, `across` over all records; the families are `yaml_file`, `shape`, `identity`, `dates` and `tool`.
"""
