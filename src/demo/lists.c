#include "demo/lists.h"

#include "base/memory.h"
#include "demo/files.h"
#include "domain/unit.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

struct demo_list {
    FILE *file;
    char part[OKO_DEMO_PATH_BYTES], path[OKO_DEMO_PATH_BYTES];
};

oko_status demo_list_open(const char *dir, const char *name, const char *head, demo_list **ret_list, oko_error *err)
{
    OKO_CLEANUP(demo_list_dropp) demo_list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return oko_error_set(err, OKO_E_MEMORY, "", name);
    }
    int n = snprintf(list->path, sizeof list->path, "%s/%s", dir, name);
    int m = snprintf(list->part, sizeof list->part, "%s/%s" OKO_DEMO_PART, dir, name);
    if (n < 0 || m < 0 || (size_t)n >= sizeof list->path || (size_t)m >= sizeof list->part) {
        return oko_error_set(err, OKO_E_LIMIT, "", name);
    }
    list->file = fopen(list->part, "w");
    if (list->file == NULL) {
        return oko_demo_errno(list->path, err);
    }
    (void)fputs(head, list->file);
    *ret_list = list;
    list = NULL;
    return OKO_OK;
}

oko_status demo_list_finish(demo_list *unfinished, oko_error *err)
{
    OKO_CLEANUP(demo_list_dropp) demo_list *list = unfinished;
    bool bad = ferror(list->file) != 0;
    bad = fclose(list->file) != 0 || bad;
    list->file = NULL;
    if (bad || rename(list->part, list->path) != 0) {
        return oko_demo_errno(list->path, err);
    }
    return OKO_OK;
}

void demo_list_dropp(demo_list **list)
{
    demo_list *l = *list;
    if (l == NULL) {
        return;
    }
    if (l->file != NULL) {
        (void)fclose(l->file);
    }
    if (l->part[0] != '\0') {
        (void)unlink(l->part); /* a finished table has its own name by now */
    }
    free(l);
    *list = NULL;
}

void demo_list_print(demo_list *list, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    (void)vfprintf(list->file, fmt, args);
    va_end(args);
}

void demo_units_region(demo_list *list, int municipalities)
{
    (void)fprintf(list->file, "region;" OKO_DEMO_REGION ";Демонстрационный регион;;;;;;;;;\n");
    for (int i = 0; i < municipalities; i++) {
        char name[48];
        oko_demo_municipality(i, name);
        (void)fprintf(list->file, "municipality;%s;%s;" OKO_DEMO_REGION ";;;;;;;;\n", name, name);
    }
}

void demo_units_school(demo_list *list, const oko_world_class *c, int n_classes)
{
    char login[48];
    char parent[48];
    oko_demo_login(c->school, login);
    oko_demo_municipality(c->municipality, parent);
    bool village = n_classes == 1;
    const char *type = !c->selective ? "school" : c->school % 2 == 0 ? "gymnasium" : "lyceum";
    const char *word = !c->selective ? "Школа" : c->school % 2 == 0 ? "Гимназия" : "Лицей";
    const char *cluster = c->selective ? "профильные" : village ? "малые" : n_classes < 4 ? "средние" : "крупные";
    (void)fprintf(list->file, "school;%s;%s № %d (демонстрация);%s;%s;%s;%s;;;%s,edu" OKO_DEMO_REGION "%04d;%d;%d\n",
                  login, word, c->school + 1, parent, type, village ? "village" : "town", cluster, login, c->school + 1,
                  990000 + c->school + 1, 190000 + c->school + 1);
}

static double mean_of(const int16_t *totals, int n, int *ret_count)
{
    double sum = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (totals[i] >= 0) {
            sum += totals[i];
            count++;
        }
    }
    *ret_count = count;
    return count > 0 ? sum / count : 0;
}

void demo_truth_class(demo_list *list, const oko_world_class *c, const oko_procedure *p, const char *label)
{
    char login[48];
    char municipality[48];
    char letter[16];
    oko_demo_login(c->school, login);
    oko_demo_municipality(c->municipality, municipality);
    oko_class_label(oko_str_of(label), p->grade, letter);
    int honest = 0;
    int shown = 0;
    double mean_honest = mean_of(c->honest_total, c->n, &honest);
    double mean_shown = mean_of(c->total, c->n, &shown);
    (void)fprintf(list->file, "%s;%s;%s;%s;%s;%.0f;%d;", municipality, login, letter, p->code, oko_plant_name(c->plant),
                  c->strength, shown);
    /* A mean of nobody is an empty cell, not a nought. */
    (void)fprintf(list->file, honest > 0 ? "%.4f;" : ";", mean_honest);
    (void)fprintf(list->file, shown > 0 ? "%.4f\n" : "\n", mean_shown);
}
