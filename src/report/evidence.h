/* Evidence in reports: which run, which rows may be told, and what a group's pictures are drawn from. */
#ifndef OKO_REPORT_EVIDENCE_H
#define OKO_REPORT_EVIDENCE_H

#include "report/view.h"

/* Finds the evidence run of the same data and what it says about all schools. */
oko_status oko_report_evidence_load(oko_report_session *s, oko_error *err) OKO_WARN_UNUSED;
/* Reads the unit's rows and decides which are hidden: fewer works than may be published, and, as long as the hidden
 * classes of a school together are fewer than that, its smallest class that is still shown. */
oko_status oko_view_evidence_load(oko_view *view, oko_error *err) OKO_WARN_UNUSED;

/* May the numbers of row i of view->evidence be told? */
bool oko_evidence_told(const oko_view *view, size_t i);
/* Is row i worth an article: told, "attention" or more, and not the only class of a school that is told itself? */
bool oko_evidence_speaks(const oko_view *view, size_t i);
/* Facts of the group behind a row; the variants of its works are looked up. */
oko_status oko_evidence_facts(const oko_view *view, const oko_sign_row *row, double facts[OKO_FACT_COUNT],
                              oko_error *err) OKO_WARN_UNUSED;

/* ---- counts over the schools of a region or a municipality; small schools apart ---- */
typedef struct oko_evidence_counts {
    const oko_report_procedure *procedure;
    int64_t by_level[OKO_EVIDENCE_STRONG + 1]; /* schools by level of evidence */
    int64_t small;                             /* schools under the published minimum: in no other count */
    int64_t family_n[OKO_FAMILY_COUNT], family_speaks[OKO_FAMILY_COUNT];
    /* by fifths of schools, weakest first: all, with signs; by own results, and by what other evidence expects */
    int64_t fifth_n[2][OKO_PEERS_FIFTHS], fifth_marked[2][OKO_PEERS_FIFTHS];
} oko_evidence_counts;

/* Of the i-th test of session->peers, over the schools that the unit holds. */
void oko_evidence_count(const oko_view *view, size_t test, oko_evidence_counts *ret_counts);

/* A school with no work on the last score before a cut-off and many on the cut-off. */
typedef struct oko_empty_below {
    const oko_report_unit *school, *municipality;
    const oko_report_procedure *procedure;
    int cutoff;
    int64_t works, above; /* all; on the cut-off */
    double log_p;         /* of so empty a score, were the works of both scores shared as in the smooth distribution */
} oko_empty_below;
enum { OKO_EMPTY_BELOW_MAX = 100000 };
#define OKO_EMPTY_BELOW_LOG_P (-6.907755278982137) /* log .001: less likely ones are told */

/* Those of the unit's schools, by municipality and name. *ret_list is from malloc, NULL when there are none. */
oko_status oko_evidence_empty_below(const oko_view *view, oko_empty_below **ret_list, size_t *ret_n) OKO_WARN_UNUSED;

/* A school that has evidence "attention" or more in some procedure. */
typedef struct oko_evidence_mark {
    const oko_report_unit *school, *municipality;
    const oko_report_procedure *procedure;
    const oko_peer *peer;
} oko_evidence_mark;
/* By municipality, name, procedure; small schools are left out. From malloc. */
oko_status oko_evidence_marks(const oko_view *view, oko_evidence_mark **ret_list, size_t *ret_n) OKO_WARN_UNUSED;
/* Schools of the unit with evidence in any procedure; small ones are left out. */
oko_status oko_evidence_schools(const oko_view *view, int64_t *ret_n) OKO_WARN_UNUSED;

#endif
