"""Policies: the parameters that differ by region. One YAML file a policy (policies.md).

policies = read_policies(data_dir)      # shipped and the region's own, resolved; PolicyError with all that is wrong
tables = policy_tables(policies)        # the tables of schema `policy`
"""

from dagster_project.policies.problems import PolicyError, Problem
from dagster_project.policies.resolve import ResolvedPolicy, read_policies
from dagster_project.policies.tables import policy_tables

__all__ = ["PolicyError", "Problem", "ResolvedPolicy", "policy_tables", "read_policies"]
