#!/usr/bin/env python3
"""The same policies in casbin and cedarpy (both of PyPI): microseconds a decision, p50 and p99."""
import time

import casbin
import cedarpy


def measure(decide, count):
    times = []
    for _ in range(count):
        start = time.perf_counter_ns()
        assert decide()
        times.append((time.perf_counter_ns() - start) / 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)]


def with_casbin(grants):
    model = casbin.Model()
    model.load_model_from_text("""
[request_definition]
r = sub, company, list
[policy_definition]
p = sub, company, list
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && r.company == p.company && r.list == p.list
""")
    enforcer = casbin.Enforcer(model)
    for number in range(grants):
        enforcer.add_policy(f"team{number}", "MX" if number == grants - 1 else "US", "Sales Orders")
        enforcer.add_grouping_policy("portal", f"team{number}")
    return lambda: enforcer.enforce("portal", "MX", "Sales Orders")


def with_cedar(grants):
    policies = "\n".join(
        f'permit(principal in Team::"{n}", action == Action::"see", resource == List::"Sales Orders") '
        f'when {{ context.company == "{"MX" if n == grants - 1 else "US"}" }};' for n in range(grants))
    entities = [{"uid": {"__entity": {"type": "Team", "id": str(n)}}, "attrs": {}, "parents": []} for n in range(grants)]
    entities.append({
        "uid": {"__entity": {"type": "User", "id": "portal"}}, "attrs": {},
        "parents": [{"__entity": {"type": "Team", "id": str(n)}} for n in range(grants)]})
    request = {
        "principal": 'User::"portal"', "action": 'Action::"see"', "resource": 'List::"Sales Orders"',
        "context": {"company": "MX"}}
    return lambda: cedarpy.is_authorized(request, policies, entities).allowed


print("| policies | casbin µs p50 | p99 | cedarpy µs p50 | p99 |\n|---|---|---|---|---|")
for grants in (6, 20, 1000):
    rounds = 2000 if grants < 100 else 50
    casbin_times, cedar_times = measure(with_casbin(grants), rounds), measure(with_cedar(grants), rounds)
    print(f"| {grants} | {casbin_times[0]:.1f} | {casbin_times[1]:.1f} | {cedar_times[0]:.1f} | {cedar_times[1]:.1f} |")
