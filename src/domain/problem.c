/* Names of severities. */
#include "domain/problem.h"

const char *oko_severity_name(oko_severity s)
{
    switch (s) {
    case OKO_PROBLEM_NOTE:
        return "note";
    case OKO_PROBLEM_REPAIRED:
        return "repaired";
    case OKO_PROBLEM_REJECTED:
        return "rejected";
    }
    return "rejected";
}
