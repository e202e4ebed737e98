/* The two tables beside the result files: the register and the truth; private to this folder. */
#ifndef OKO_DEMO_LISTS_H
#define OKO_DEMO_LISTS_H

#include <oko/simulate.h>

#include "demo/dirt.h"
#include "domain/procedure.h"

#include <stdio.h>

/* A table that is being written; the name changes when it is complete. */
typedef struct demo_list demo_list;

/* Begins dir/name with its head. OKO_E_MEMORY, OKO_E_IO, OKO_E_PERMISSION, OKO_E_FULL. */
oko_status demo_list_open(const char *dir, const char *name, const char *head, demo_list **ret_list,
                          oko_error *err) OKO_WARN_UNUSED;
oko_status demo_list_finish(demo_list *list, oko_error *err) OKO_WARN_UNUSED; /* frees it, too */
void demo_list_dropp(demo_list **list);

/* Errors of these wait for demo_list_finish. */
void demo_list_print(demo_list *list, const char *fmt, ...) OKO_PRINTF(2, 3);
void demo_units_region(demo_list *list, int municipalities);
void demo_units_school(demo_list *list, const oko_world_class *c, int n_classes);
void demo_truth_class(demo_list *list, const oko_world_class *c, const oko_procedure *p, const char *label);

#define DEMO_UNITS_HEAD "level;code;name;parent;type;place;cluster;valid_from;valid_to;login;oge;ege\n"
#define DEMO_TRUTH_HEAD "municipality;school;class;procedure;plant;strength;n;mean_honest;mean_shown\n"

#endif
