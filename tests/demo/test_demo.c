/* The demonstration region: real heads, the promised disorder, and a truth that agrees with the files. */
#include "demo/demo.h"
#include "reference/procedures.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

enum { COLUMNS = 40, SCHOOLS = 150, PATH = 256 };

static char folder[] = "/tmp/oko-demo-XXXXXX";
static const char *const codes[] = {
    "2020-04-MA", "2020-04-RU", "2021-04-MA", "2021-04-RU", "2021-05-MA", "2021-05-RU"
};

/* ---- reading back what libxlsxwriter wrote ---- */

static char *worksheet_of(const char *path)
{
    int code = 0;
    zip_t *z = zip_open(path, ZIP_RDONLY, &code);
    assert_non_null(z);
    zip_stat_t st;
    assert_int_equal(zip_stat(z, "xl/worksheets/sheet1.xml", 0, &st), 0);
    char *xml = malloc(st.size + 1);
    assert_non_null(xml);
    zip_file_t *f = zip_fopen(z, "xl/worksheets/sheet1.xml", 0);
    assert_non_null(f);
    assert_int_equal(zip_fread(f, xml, st.size), (zip_int64_t)st.size);
    xml[st.size] = '\0';
    assert_int_equal(zip_fclose(f), 0);
    zip_discard(z);
    return xml;
}

typedef struct row {
    char *cell[COLUMNS];  /* "" when empty */
    bool number[COLUMNS]; /* a number, not text */
} row;

static int column_of(const char *ref)
{
    int column = 0;
    for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
        column = column * 26 + (*ref - 'A' + 1);
    }
    return column - 1;
}

/* Cuts the next row out of the text at *at; false at the end. */
static bool next_row(char **at, row *r)
{
    char *start = strstr(*at, "<row ");
    if (start == NULL) {
        return false;
    }
    char *end = strstr(start, "</row>");
    assert_non_null(end);
    *end = '\0';
    for (int i = 0; i < COLUMNS; i++) {
        r->cell[i] = start + strlen(start);
        r->number[i] = false;
    }
    for (char *c = strstr(start, "<c r=\""); c != NULL; c = strstr(c, "<c r=\"")) {
        int column = column_of(c + 6);
        assert_in_range(column, 0, COLUMNS - 1);
        char *value = strstr(c, "<t>");
        char *plain = strstr(c, "<v>");
        bool number = plain != NULL && (value == NULL || plain < value);
        value = number ? plain : value != NULL ? value : strstr(c, "<t xml:space=\"preserve\">");
        assert_non_null(value);
        value = strchr(value, '>') + 1;
        char *stop = strchr(value, '<');
        c = stop + 1;
        *stop = '\0';
        r->cell[column] = value;
        r->number[column] = number;
    }
    *at = end + 6;
    return true;
}

/* Columns of a layout, as an importer would look for them. */
typedef struct place {
    int login, municipality, journal, gender, klass, variant, total, items;
} place;

static const place in_2020 = { 1, 0, 4, 5, 6, 7, 9, 10 };
static const place in_2021 = { 0, 1, 4, 5, 6, 7, 8, 9 };

typedef struct figures {
    int rows, absent, works, above, other_sum, no_variant, not_tried[8], none_class, no_mark, sex_as_mark, numbered;
    double sum[SCHOOLS];
    int n[SCHOOLS], slips[SCHOOLS];
} figures;

static const char *const not_tried[8] = { "X", "x", "не пройд.", "Х", "х", "X ", "H", "N" };

static int sum_items(const row *r, const place *at, figures *f)
{
    int sum = 0;
    for (int j = at->items; j < COLUMNS; j++) {
        const char *cell = r->cell[j];
        bool known = cell[0] == '\0' || (cell[0] >= '0' && cell[0] <= '9');
        for (int k = 0; k < 8; k++) {
            f->not_tried[k] += strcmp(cell, not_tried[k]) == 0;
            known = known || strcmp(cell, not_tried[k]) == 0;
        }
        assert_true(known);
        assert_false(r->number[j]); /* items are text in both layouts */
        sum += atoi(cell);
    }
    return sum;
}

static void read_work(const row *r, const place *at, int max, int school, figures *f)
{
    int sum = sum_items(r, at, f);
    if (r->cell[at->total][0] == '\0') {
        assert_string_equal(r->cell[at->variant], "0");
        f->no_variant++;
        f->slips[school]++;
        return;
    }
    int total = atoi(r->cell[at->total]);
    f->works++;
    f->above += total > max;
    f->other_sum += total <= max && total != sum;
    f->slips[school] += total > max || total != sum;
    f->sum[school] += total;
    f->n[school]++;
    f->none_class += strcmp(r->cell[at->klass], "нет") == 0;
    f->numbered += r->cell[at->klass][0] == '5' || r->cell[at->klass][0] == '4';
    f->no_mark += strcmp(r->cell[at->journal], "нет отметки") == 0;
    f->sex_as_mark += strcmp(r->cell[at->journal], "ж") == 0 || strcmp(r->cell[at->journal], "м") == 0;
}

static int school_of(const char *login)
{
    assert_memory_equal(login, "sch99", 5);
    assert_int_equal(strlen(login), 9);
    int school = atoi(login + 5) - 1;
    assert_in_range(school, 0, SCHOOLS - 1);
    return school;
}

static void read_book(const char *code, int max, figures *f)
{
    char path[PATH];
    (void)snprintf(path, sizeof path, "%s/%s.xlsx", folder, code);
    char *xml = worksheet_of(path);
    char *at = xml;
    row r;
    bool of_2020 = code[3] == '0';
    const place *p = of_2020 ? &in_2020 : &in_2021;
    assert_true(next_row(&at, &r)); /* the head */
    while (next_row(&at, &r)) {
        f->rows++;
        int school = school_of(r.cell[p->login]);
        assert_memory_equal(r.cell[p->municipality], of_2020 ? "99-RU,МО_" : "МО ", of_2020 ? 11 : 5);
        assert_int_equal(r.number[2], of_2020); /* the running number */
        assert_true(r.number[3]);               /* the code */
        assert_int_equal(r.cell[3][0], code[6]);
        if (strcmp(r.cell[p->variant], "отсутствовал") == 0) {
            f->absent++;
            assert_string_equal(r.cell[p->total], "");
            assert_string_equal(r.cell[p->klass], "");
            assert_string_equal(r.cell[p->items], "");
        } else {
            assert_int_equal(r.number[p->total], of_2020 && r.cell[p->total][0] != '\0');
            read_work(&r, p, max, school, f);
        }
    }
    free(xml);
}

/* ---- tests ---- */

static int write_region(void **state)
{
    (void)state;
    oko_error err;
    return mkdtemp(folder) != NULL && oko_demo_write(folder, NULL, &err) == OKO_OK ? 0 : -1;
}

static void empty_folder(const char *dir)
{
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        char path[2 * PATH];
        (void)snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (e->d_name[0] != '.') {
            (void)unlink(path);
        }
    }
    (void)closedir(d);
}

static int remove_region(void **state)
{
    (void)state;
    empty_folder(folder);
    return rmdir(folder);
}

static void heads_are_those_of_real_files(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int n;
        const char *head[12];
        const char *last;
    } cases[] = {
        { "2020-04-MA",
          25,
          { "groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum", "a-1-grade",
            "a-2-grade" },
          "a-15-grade" },
        { "2021-05-RU",
          30,
          { "логин школы", "регион", "номер обучающегося", "код обучающегося",
            "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов", "балл за 1",
            "балл за 2", "балл за 3" },
          "балл за 21" },
    };
    for (size_t i = 0; i < 2; i++) {
        char path[PATH];
        (void)snprintf(path, sizeof path, "%s/%s.xlsx", folder, cases[i].code);
        char *xml = worksheet_of(path);
        char *at = xml;
        row r;
        assert_true(next_row(&at, &r));
        for (int k = 0; k < 12; k++) {
            assert_string_equal(r.cell[k], cases[i].head[k]);
        }
        assert_string_equal(r.cell[cases[i].n - 1], cases[i].last);
        assert_string_equal(r.cell[cases[i].n], "");
        free(xml);
    }
}

static int max_of(const char *code)
{
    return strcmp(code + 5, "04-RU") == 0 ? 38 : strcmp(code + 5, "05-RU") == 0 ? 45 : 20;
}

static void disorder_is_that_of_real_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        figures f = { .rows = 0 };
        read_book(codes[i], max_of(codes[i]), &f);
        assert_in_range(f.works, 4000, 9000);
        assert_int_equal(f.rows, f.works + f.absent + f.no_variant);
        assert_true(f.absent > .03 * f.rows && f.absent < .15 * f.rows);
        assert_in_range(f.above, 1, 5);
        assert_in_range(f.other_sum, 4, 14);
        assert_in_range(f.no_variant, 1, 3);
        assert_true(f.none_class > 50);
        assert_true(f.no_mark > 0);
        assert_true(f.sex_as_mark >= 3 && f.sex_as_mark <= 30); /* one class */
        assert_true(f.not_tried[0] > 100 && f.not_tried[1] > 5 && f.not_tried[2] > 1);
    }
}

/* Reads one line of truth.csv into nine fields. */
static bool next_truth(FILE *f, char *line, size_t bytes, char *field[9])
{
    if (fgets(line, (int)bytes, f) == NULL) {
        return false;
    }
    line[strcspn(line, "\n")] = '\0';
    char *at = line;
    for (int i = 0; i < 9; i++) {
        assert_non_null(at);
        field[i] = at;
        at = strchr(at, ';');
        if (at != NULL) {
            *at++ = '\0';
        }
    }
    assert_null(at);
    return true;
}

static FILE *open_table(const char *name)
{
    char path[PATH];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    return f;
}

/* Per procedure and school the truth and the file give the same number of works and the same sum, where no slip is. */
static void truth_agrees_with_the_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        figures f = { .rows = 0 };
        read_book(codes[i], max_of(codes[i]), &f);
        double sum[SCHOOLS] = { 0 };
        int n[SCHOOLS] = { 0 };
        FILE *truth = open_table("truth.csv");
        char line[512];
        char *field[9];
        assert_true(next_truth(truth, line, sizeof line, field));
        assert_string_equal(field[8], "mean_shown");
        while (next_truth(truth, line, sizeof line, field)) {
            if (strcmp(field[3], codes[i]) == 0) {
                int school = school_of(field[1]);
                n[school] += atoi(field[6]);
                sum[school] += atoi(field[6]) * strtod(field[8], NULL);
            }
        }
        assert_int_equal(fclose(truth), 0);
        int compared = 0;
        for (int s = 0; s < SCHOOLS; s++) {
            if (f.slips[s] == 0) {
                assert_int_equal(f.n[s], n[s]);
                assert_true(f.sum[s] - sum[s] < .05 && sum[s] - f.sum[s] < .05);
                compared += n[s] > 0;
            }
        }
        assert_true(compared > 120);
    }
}

static void a_fifth_of_the_classes_is_planted(void **state)
{
    (void)state;
    FILE *truth = open_table("truth.csv");
    char line[512];
    char *field[9];
    int classes = 0;
    int kinds[OKO_PLANT_COUNT] = { 0 };
    assert_true(next_truth(truth, line, sizeof line, field));
    while (next_truth(truth, line, sizeof line, field)) {
        int kind = -1;
        for (int k = 0; k < OKO_PLANT_COUNT; k++) {
            kind = strcmp(field[4], oko_plant_name((oko_plant)k)) == 0 ? k : kind;
        }
        assert_in_range(kind, 0, OKO_PLANT_COUNT - 1);
        kinds[kind]++;
        classes++;
        if (kind == OKO_PLANT_NONE) { /* honest classes are honest */
            assert_string_equal(field[5], "0");
            assert_string_equal(field[7], field[8]);
        }
    }
    assert_int_equal(fclose(truth), 0);
    for (int k = 1; k <= OKO_PLANT_COPYING; k++) {
        assert_true(kinds[k] >= 10);
    }
    double share = 1 - kinds[OKO_PLANT_NONE] / (double)classes;
    assert_true(share > .14 && share < .27); /* single classes .10, whole schools .12 */
}

static void register_names_every_school(void **state)
{
    (void)state;
    FILE *units = open_table("units.csv");
    char line[512];
    int levels[3] = { 0 };
    assert_non_null(fgets(line, sizeof line, units));
    assert_string_equal(line, "level;code;name;parent;type;place;cluster;valid_from;valid_to;login;oge;ege\n");
    while (fgets(line, sizeof line, units) != NULL) {
        int separators = 0;
        for (const char *c = line; *c != '\0'; c++) {
            separators += *c == ';';
        }
        assert_int_equal(separators, 11);
        levels[0] += strncmp(line, "region;99;", 10) == 0;
        levels[1] += strncmp(line, "municipality;МО ", 18) == 0;
        levels[2] += strncmp(line, "school;sch99", 12) == 0;
    }
    assert_int_equal(fclose(units), 0);
    assert_int_equal(levels[0], 1);
    assert_int_equal(levels[1], 12);
    assert_int_equal(levels[2], SCHOOLS);
}

static char *whole_file(const char *path, size_t *ret_size)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    assert_non_null(f);
    assert_int_equal(fstat(fileno(f), &st), 0);
    char *bytes = malloc((size_t)st.st_size + 1);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, (size_t)st.st_size, f);
    assert_int_equal(fclose(f), 0);
    return bytes;
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    char other[] = "/tmp/oko-demo-XXXXXX";
    assert_non_null(mkdtemp(other));
    oko_error err;
    assert_int_equal(oko_demo_write(other, NULL, &err), OKO_OK);
    static const char *const names[] = { "2020-04-MA.xlsx", "2021-05-RU.xlsx", "units.csv", "truth.csv" };
    for (size_t i = 0; i < 4; i++) {
        char a[PATH];
        char b[PATH];
        (void)snprintf(a, sizeof a, "%s/%s", folder, names[i]);
        (void)snprintf(b, sizeof b, "%s/%s", other, names[i]);
        size_t m = 0;
        size_t n = 0;
        char *x = whole_file(a, &m);
        char *y = whole_file(b, &n);
        assert_int_equal(m, n);
        assert_memory_equal(x, y, m);
        free(x);
        free(y);
    }
    empty_folder(other);
    assert_int_equal(rmdir(other), 0);
}

static int files_in(const char *dir, const char *ending)
{
    DIR *d = opendir(dir);
    assert_non_null(d);
    int n = 0;
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        size_t len = strlen(e->d_name);
        n += len > strlen(ending) && strcmp(e->d_name + len - strlen(ending), ending) == 0;
    }
    (void)closedir(d);
    return n;
}

static bool stop_in_the_third_file(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    assert_string_equal(stage, "demo.writing");
    assert_true(done < total);
    *(uint64_t *)ctx = done;
    return done < total / 6 * 2 + 5;
}

static void stopping_leaves_no_half_file(void **state)
{
    (void)state;
    char other[] = "/tmp/oko-demo-XXXXXX";
    assert_non_null(mkdtemp(other));
    uint64_t done = 0;
    oko_demo_options options = OKO_DEMO_OPTIONS_INIT;
    options.world.schools = 20;
    options.progress = (oko_progress){ .fn = stop_in_the_third_file, .ctx = &done };
    oko_error err;
    assert_int_equal(oko_demo_write(other, &options, &err), OKO_E_CANCELLED);
    assert_int_equal(err.code, OKO_E_CANCELLED);
    assert_int_equal(done, 45);
    assert_int_equal(files_in(other, ".part"), 0);
    assert_int_equal(files_in(other, ".xlsx"), 2);
    assert_int_equal(files_in(other, ".csv"), 0);
    empty_folder(other);
    assert_int_equal(rmdir(other), 0);
}

static void foreign_folders_are_left_alone(void **state)
{
    (void)state;
    char other[] = "/tmp/oko-demo-XXXXXX";
    assert_non_null(mkdtemp(other));
    char path[PATH];
    (void)snprintf(path, sizeof path, "%s/2021-04-MA-mine.xlsx", other);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fclose(f), 0);
    oko_error err;
    assert_int_equal(oko_demo_write(other, NULL, &err), OKO_E_CONFLICT);
    assert_string_equal(err.id, "demo.not_ours");
    assert_string_equal(err.arg[0], "2021-04-MA-mine.xlsx");
    assert_int_equal(files_in(other, "x"), 1); /* nothing was added */
    assert_int_equal(oko_demo_write(path, NULL, &err), OKO_E_CONFLICT);
    assert_string_equal(err.id, "demo.not_a_folder");
    (void)snprintf(path, sizeof path, "%s/no/such", other);
    assert_int_equal(oko_demo_write(path, NULL, &err), OKO_E_NOT_FOUND);
    assert_int_equal(oko_demo_write("", NULL, &err), OKO_E_ARGUMENT);
    oko_demo_options options = OKO_DEMO_OPTIONS_INIT;
    options.world.schools = 10000;
    assert_int_equal(oko_demo_write(other, &options, &err), OKO_E_ARGUMENT);
    options.world.schools = 10;
    options.world.planted = 2;
    assert_int_equal(oko_demo_write(other, &options, &err), OKO_E_ARGUMENT);
    empty_folder(other);
    assert_int_equal(rmdir(other), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_those_of_real_files), cmocka_unit_test(disorder_is_that_of_real_files),
        cmocka_unit_test(truth_agrees_with_the_files),   cmocka_unit_test(a_fifth_of_the_classes_is_planted),
        cmocka_unit_test(register_names_every_school),   cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(stopping_leaves_no_half_file),  cmocka_unit_test(foreign_folders_are_left_alone),
    };
    return cmocka_run_group_tests(tests, write_region, remove_region);
}
