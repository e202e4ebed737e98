/* Names of roles and of the states of a job, as the contract and the log write them. */
#include "domain/person.h"

static const char *const roles[OKO_ROLE_COUNT] = {
    [OKO_ROLE_OPERATOR] = "operator", [OKO_ROLE_HEAD] = "head",         [OKO_ROLE_MUNICIPAL] = "municipal",
    [OKO_ROLE_SCHOOL] = "school",     [OKO_ROLE_OBSERVER] = "observer", [OKO_ROLE_AUDITOR] = "auditor",
    [OKO_ROLE_ADMIN] = "admin",
};

static const char *const job_states[OKO_JOB_STATE_COUNT] = {
    [OKO_JOB_QUEUED] = "queued", [OKO_JOB_RUNNING] = "running",     [OKO_JOB_DONE] = "done",
    [OKO_JOB_FAILED] = "failed", [OKO_JOB_CANCELLED] = "cancelled",
};

const char *oko_role_name(oko_role role)
{
    return (unsigned)role < OKO_ROLE_COUNT ? roles[role] : "";
}

bool oko_role_parse(oko_str s, oko_role *ret_role)
{
    for (int i = 0; i < OKO_ROLE_COUNT; i++) {
        if (oko_str_equal(s, oko_str_of(roles[i]))) {
            *ret_role = (oko_role)i;
            return true;
        }
    }
    return false;
}

const char *oko_job_state_name(oko_job_state state)
{
    return (unsigned)state < OKO_JOB_STATE_COUNT ? job_states[state] : "";
}
