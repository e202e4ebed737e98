/*
 * A story: calls of the HTTP API as data, told in order by people of several roles. One driver serves the
 * demonstration (`oko demo`, in the process) and the test that lives the whole roadmap over a socket; how a call is
 * sent is the teller's business.
 *
 * A story is a list of steps, each an object with one of
 *   call    "METHOD /path"; body; expect (status, otherwise 200…299)
 *   act     "/events/17 plan"; input; the version is read first
 *   change  "/forms/4"; body; the version is read first
 *   upload  name of a file in the teller's folder; to = "/imports?procedure=…"
 *   wait    number of a job: until it ends; another end than done is a fault
 *   each    "/units?level=school": or a variable that is a list: steps for every item, as the variable named by var;
 *           first, every: only the first so many, every so-manieth
 *   check   "/path": at (JSON pointer), equals | at_least | has
 *   let     {name: value}
 *   steps   a group: as, on and note hold for all of them
 * and as (login), on (yyyy-mm-dd), note (what it is for), keep {variable: JSON pointer of the answer}.
 * {"pick": number, "of": [values]} is one of the values, by the number. ${name} in a text is the variable,
 * ${name/pointer} a part of it; a text that is nothing but one variable has its type.
 */
#ifndef OKO_HTTP_STORY_H
#define OKO_HTTP_STORY_H

#include <oko/status.h>

#include "base/memory.h"

#include <jansson.h>

enum { OKO_STORY_MAX_STEPS = 200000, OKO_STORY_DEPTH = 8 };

typedef struct oko_story_call {
    const char *as; /* login; "" nobody */
    const char *on; /* yyyy-mm-dd or "" */
    const char *method, *path;
    const json_t *body; /* or NULL */
    const char *file;   /* to upload instead of a body, or NULL */
    int64_t version;    /* If-Match; 0: none */
} oko_story_call;

typedef struct oko_story_answer {
    int status;   /* HTTP */
    json_t *body; /* owned by the story; NULL when it is not JSON */
} oko_story_answer;

typedef oko_status (*oko_story_send_fn)(void *ctx, const oko_story_call *call, oko_story_answer *ret_answer,
                                        oko_error *err);

typedef struct oko_story_result {
    int64_t steps, calls;
    char where[512]; /* of the fault: the note and what was called */
} oko_story_result;

/*
 * Tells a story. variables: JSON object that steps read and extend. OKO_E_CONFLICT "story.fault" at the first step that
 * does not go as told (result->where says which), or the teller's status.
 */
oko_status oko_story_tell(const json_t *steps, json_t *variables, oko_story_send_fn send, void *ctx,
                          oko_story_result *ret_result, oko_error *err) OKO_WARN_UNUSED;

#endif
