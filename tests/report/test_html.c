/* Pages: well-formed, self-contained, escaped, suppressed, in both languages, the same bytes twice. */
#include "report/region.h"

#include "report/session.h"

#include <expat.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

enum { TEXT_LIMIT = 4 << 20, MAX_IDS = 20000 };

/* What a page says and how it is built. */
typedef struct seen {
    char *text; /* visible text, one space between nodes */
    size_t n;
    int scripts, externals, tables, captions, charts, h1, level, skipped, heads_without_scope;
    int in_style;
    enum { OTHER, JOURNAL, SCORES, MARKS } table;
    int cells_1_9;   /* whole numbers 1–9 in its cells */
    char row[3][64]; /* first cells of a row */
    int n_row;
    int works[10], told[10]; /* of a table of scores, by mark: works told, rows told */
    int marks_small;         /* marks told whose works are 1–9 */
    int marks_withheld;      /* marks of tables of scores that are not told */
    int cells_withheld;      /* of the table of marks */
    int hidden;              /* cells that say so */
    char cell_text[256];
} seen;

static const char *attribute(const XML_Char **a, const char *name)
{
    for (; *a != NULL; a += 2)
        if (strcmp(a[0], name) == 0)
            return a[1];
    return NULL;
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **a)
{
    seen *s = ctx;
    s->scripts += strcmp(name, "script") == 0;
    for (const char *const *bad = (const char *const[]){ "link", "img", "iframe", "object", "image", "base", NULL };
         *bad != NULL; bad++)
        s->externals += strcmp(name, *bad) == 0;
    const char *href = attribute(a, "href"), *xlink = attribute(a, "xlink:href");
    s->externals +=
        attribute(a, "src") != NULL || (href != NULL && href[0] != '#') || (xlink != NULL && xlink[0] != '#');
    for (const XML_Char **at = a; *at != NULL; at += 2)
        s->scripts += strncmp(at[0], "on", 2) == 0;
    s->tables += strcmp(name, "table") == 0;
    s->captions += strcmp(name, "caption") == 0;
    s->charts += strcmp(name, "svg") == 0;
    s->h1 += strcmp(name, "h1") == 0;
    s->heads_without_scope += strcmp(name, "th") == 0 && attribute(a, "scope") == NULL;
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0') {
        s->skipped += name[1] - '0' > s->level + 1;
        s->level = name[1] - '0';
    }
    s->in_style += strcmp(name, "style") == 0;
    if (strcmp(name, "table") == 0)
        s->table = OTHER;
    if (strcmp(name, "tr") == 0)
        s->n_row = 0;
    s->cell_text[0] = '\0';
}

static void on_text(void *ctx, const XML_Char *text, int n)
{
    seen *s = ctx;
    if (s->in_style || s->n + (size_t)n + 2 > TEXT_LIMIT)
        return;
    memcpy(s->text + s->n, text, (size_t)n);
    s->n += (size_t)n;
    s->text[s->n] = '\0';
    size_t used = strlen(s->cell_text);
    if (used + (size_t)n < sizeof s->cell_text) {
        memcpy(s->cell_text + used, text, (size_t)n);
        s->cell_text[used + (size_t)n] = '\0';
    }
}

/* Rows of a table of scores: score (head), mark, works. At its end the marks are added up. */
static void end_of_score_row(seen *s, const char *name)
{
    if (s->table != SCORES)
        return;
    if (strcmp(name, "tr") == 0 && s->n_row >= 2) {
        int mark = atoi(s->row[0]);
        assert_in_range(mark, 2, 5);
        if (strcmp(s->row[1], "скрыто") != 0) {
            s->works[mark] += atoi(s->row[1]);
            s->told[mark]++;
        }
    }
    if (strcmp(name, "table") != 0)
        return;
    for (int mark = 2; mark <= 5; mark++) {
        s->marks_small += s->works[mark] > 0 && s->works[mark] < 10;
        s->marks_withheld += s->told[mark] == 0;
        s->works[mark] = s->told[mark] = 0;
    }
}

static void on_end(void *ctx, const XML_Char *name)
{
    seen *s = ctx;
    if (strcmp(name, "style") == 0)
        s->in_style = 0;
    if (strcmp(name, "caption") == 0)
        s->table = strstr(s->cell_text, "по отметке в журнале") != NULL  ? JOURNAL
                   : strstr(s->cell_text, "Работы по баллам") != NULL    ? SCORES
                   : strstr(s->cell_text, "Отметки по границам") != NULL ? MARKS
                                                                         : OTHER;
    if (strcmp(name, "td") == 0) {
        s->hidden += strstr(s->cell_text, "скрыто") != NULL;
        if (s->table == JOURNAL)
            s->cells_1_9 += s->cell_text[0] >= '1' && s->cell_text[0] <= '9' && s->cell_text[1] == '\0';
        s->cells_withheld += s->table == MARKS && strcmp(s->cell_text, "скрыто") == 0;
        if (s->n_row < 3)
            snprintf(s->row[s->n_row++], sizeof s->row[0], "%.60s", s->cell_text);
    }
    end_of_score_row(s, name);
    s->text[s->n++] = ' ';
    s->text[s->n] = '\0';
}

static seen look(const char *path)
{
    seen s = { .text = malloc(TEXT_LIMIT) };
    size_t n;
    assert_non_null(s.text);
    s.text[0] = '\0';
    char *page = read_all(path, &n);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &s);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, page, (int)n, 1) != XML_STATUS_OK)
        fail_msg("%s: line %lu: %s", path, XML_GetCurrentLineNumber(parser), XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    assert_null(strstr(page, "url("));
    assert_null(strstr(page, "@import"));
    free(page);
    return s;
}

static seen write_and_look(region *r, int64_t unit, oko_report_options options, char path[160])
{
    oko_error err = { 0 };
    snprintf(path, 160, "%s/%lld-%s.html", r->out, (long long)unit, options.lang != NULL ? options.lang : "ru");
    ok(oko_report_html(r->w->store, unit, &options, path, &err), &err);
    return look(path);
}

/* A key that the catalogue does not know is printed as it is: "report.col.x". */
static void assert_no_keys(const char *text)
{
    static const char *const modules[] = { "report.", "rule.", "analysis.", "chart." };
    for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++)
        for (const char *at = text; (at = strstr(at, modules[i])) != NULL; at++) {
            char next = at[strlen(modules[i])];
            if (next >= 'a' && next <= 'z')
                fail_msg("key in the text: %.40s", at);
        }
}

static void assert_house(const seen *s)
{
    assert_int_equal(s->scripts, 0);
    assert_int_equal(s->externals, 0);
    assert_int_equal(s->tables, s->captions);
    assert_int_equal(s->heads_without_scope, 0);
    assert_int_equal(s->h1, 1);
    assert_int_equal(s->skipped, 0);
    assert_no_keys(s->text);
    assert_null(strchr(s->text, '{'));
}

static void pages_of_all_levels_are_sound_in_both_languages(void **state)
{
    region *r = *state;
    const int64_t units[] = { r->w->region, r->w->municipality[0], r->school[REGION_LIFTED], r->school[REGION_TINY],
                              r->school[REGION_MARKUP] };
    char path[160];
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (int english = 0; english < 2; english++)
            for (int internal = 0; internal < 2; internal++) {
                oko_report_options o = OKO_REPORT_OPTIONS_INIT;
                o.lang = english ? "en" : NULL;
                o.internal = internal;
                seen s = write_and_look(r, units[i], o, path);
                assert_house(&s);
                assert_true(s.n > 3000);
                assert_non_null(strstr(s.text, english ? "not a conclusion" : "а не вывод"));
                free(s.text);
            }
}

static void english_page_holds_no_russian_words_of_ours(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->w->region, (oko_report_options){ .lang = "en" }, path);
    assert_null(strstr(s.text, "Признак"));
    assert_null(strstr(s.text, "скрыто"));
    assert_non_null(strstr(s.text, "VPR, mathematics, grade 5, 2021"));
    free(s.text);
}

static void names_are_escaped(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->school[REGION_MARKUP], (oko_report_options){ .lang = NULL }, path);
    assert_int_equal(s.scripts, 0);
    assert_non_null(strstr(s.text, "<script>alert(1)</script> & \"Лицей\""));
    free(s.text);
    s = write_and_look(r, r->school[REGION_LIFTED], (oko_report_options){ .lang = NULL }, path);
    assert_non_null(strstr(s.text, "Список <2021>, 2021. Письмо & приложение"));
    free(s.text);
}

static void every_procedure_has_its_pictures_and_tables(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    assert_int_equal(s.charts, 6);
    assert_non_null(strstr(s.text, "Индекс объективности за 2021 год"));
    assert_non_null(strstr(s.text, "Работы, поднятые над границами отметок"));
    assert_non_null(strstr(s.text, "по сводному отчёту"));
    assert_non_null(strstr(s.text, "Ф3, участников: 500"));
    free(s.text);
}

static void a_sign_explains_itself(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->school[7], (oko_report_options){ .lang = NULL }, path);
    assert_non_null(strstr(s.text, "Результаты заметно выше региональных"));
    assert_non_null(strstr(s.text, "Интервал школы: от"));
    assert_non_null(strstr(s.text, "Школа отбирает учеников"));
    assert_non_null(strstr(s.text, "Код правила: fioko-2019/ci"));
    assert_non_null(strstr(s.text, "Надёжность по числу работ"));
    free(s.text);
    s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .lang = NULL }, path);
    assert_non_null(strstr(s.text, "слишком мало работ рядом с границами"));
    free(s.text);
}

static void small_groups_are_hidden_unless_internal(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .lang = NULL }, path);
    assert_int_equal(s.charts, 0);
    assert_non_null(strstr(s.text, "скрыто: менее 10"));
    assert_null(strstr(s.text, "участников: 6."));
    assert_true(s.hidden > 10);
    free(s.text);
    s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .internal = true }, path);
    assert_int_equal(s.charts, 6);
    assert_int_equal(s.hidden, 0);
    assert_non_null(strstr(s.text, "Для служебного пользования"));
    assert_non_null(strstr(s.text, "участников: 6."));
    free(s.text);
    s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .published_min = 5 }, path);
    assert_int_equal(s.charts, 6);
    free(s.text);
}

static void journal_tables_hold_no_small_counts(void **state)
{
    region *r = *state;
    char path[160];
    int shown = 0;
    for (int i = 0; i < REGION_SCHOOLS - 1; i++) {
        seen s = write_and_look(r, r->school[i], (oko_report_options){ .lang = NULL }, path);
        assert_int_equal(s.cells_1_9, 0);
        free(s.text);
        s = write_and_look(r, r->school[i], (oko_report_options){ .internal = true }, path);
        shown += s.cells_1_9;
        free(s.text);
    }
    assert_true(shown > 20); /* there is something to hide */
}

/* «№100» … «№116»: the order of a list is that of names, and of numbers in them. */
static void schools_stand_by_name(void **state)
{
    region *r = *state;
    const oko_report_unit units[] = {
        { .name = "Школа при МИД", .code = "f" }, { .name = "Школа № 3", .code = "a" },
        { .name = "Школа № 12", .code = "b" },    { .name = "Школа № 012", .code = "c" },
        { .name = "Школа № 12а", .code = "d" },   { .name = "Школа № 100", .code = "e" }
    };
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) {
            int order = oko_report_unit_order(&units[i], &units[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    char path[160];
    seen s = write_and_look(r, r->w->region, (oko_report_options){ .internal = true }, path);
    const char *tiny = strstr(s.text, "Школа имени №103 (sch990103)"), *strong = strstr(s.text, "Школа имени №107 (");
    assert_non_null(tiny);
    assert_non_null(strong);
    assert_true(tiny < strong);
    free(s.text);
}

/* Scores are told for marks with no work or ten and more; the table of marks withholds the same ones. */
static void score_tables_hold_no_small_marks(void **state)
{
    region *r = *state;
    char path[160];
    int withheld = 0, small = 0;
    for (int i = 0; i < REGION_SCHOOLS - 1; i++) {
        if (i == REGION_TINY || i == REGION_GROWN)
            continue;
        seen s = write_and_look(r, r->school[i], (oko_report_options){ .lang = NULL }, path);
        assert_int_equal(s.marks_small, 0);
        assert_int_equal(s.marks_withheld, s.cells_withheld);
        withheld += s.marks_withheld;
        free(s.text);
        s = write_and_look(r, r->school[i], (oko_report_options){ .internal = true }, path);
        assert_int_equal(s.marks_withheld, 0);
        small += s.marks_small;
        free(s.text);
    }
    assert_true(withheld > 10 && small > 5);
}

static void numbers_of_small_groups_are_not_in_signs(void **state)
{
    region *r = *state;
    char path[160];
    seen s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .lang = NULL }, path);
    assert_non_null(strstr(s.text, "Результаты заметно выше региональных"));
    assert_non_null(strstr(s.text, "Работ слишком мало, чтобы публиковать числа"));
    assert_null(strstr(s.text, "Работ: 6."));
    assert_null(strstr(s.text, "Интервал школы"));
    assert_null(strstr(s.text, "Работ (n) 6"));
    free(s.text);
    s = write_and_look(r, r->school[REGION_TINY], (oko_report_options){ .internal = true }, path);
    assert_non_null(strstr(s.text, "Работ: 6."));
    assert_non_null(strstr(s.text, "Работ (n) 6"));
    free(s.text);
    s = write_and_look(r, r->school[REGION_GROWN], (oko_report_options){ .lang = NULL }, path);
    assert_non_null(strstr(s.text, "Резкий рост результатов за год"));
    assert_null(strstr(s.text, "(6 работ)"));
    free(s.text);
    s = write_and_look(r, r->school[REGION_GROWN], (oko_report_options){ .internal = true }, path);
    assert_non_null(strstr(s.text, "(6 работ)"));
    free(s.text);
}

static void a_school_is_not_told_of_others(void **state)
{
    region *r = *state;
    char path[160], code[32];
    seen s = write_and_look(r, r->school[REGION_LIFTED], (oko_report_options){ .lang = NULL }, path);
    for (int i = 0; i < REGION_SCHOOLS; i++) {
        snprintf(code, sizeof code, "sch99%04d", 100 + i);
        if (i == REGION_LIFTED)
            assert_non_null(strstr(s.text, code));
        else
            assert_null(strstr(s.text, code));
    }
    free(s.text);
    s = write_and_look(r, r->w->municipality[1], (oko_report_options){ .lang = NULL }, path);
    for (int i = 0; i < REGION_SCHOOLS; i += 2) {
        snprintf(code, sizeof code, "sch99%04d", 100 + i);
        assert_null(strstr(s.text, code));
    }
    assert_non_null(strstr(s.text, "sch990107")); /* the strong school is marked */
    free(s.text);
}

static void the_same_run_gives_the_same_bytes(void **state)
{
    region *r = *state;
    oko_error err = { 0 };
    oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    OKO_CLEANUP(oko_report_session_freep) oko_report_session *session = NULL;
    ok(oko_report_session_open(r->w->store, &o, &session, &err), &err);
    const int64_t units[] = { r->w->region, r->school[2], r->w->municipality[0] };
    for (size_t i = 0; i < 3; i++) {
        char a[160], b[160];
        size_t na, nb;
        snprintf(a, sizeof a, "%s/a.html", r->out);
        snprintf(b, sizeof b, "%s/b.html", r->out);
        ok(oko_report_session_html(session, units[i], a, &err), &err);
        ok(oko_report_html(r->w->store, units[i], &o, b, &err), &err);
        char *x = read_all(a, &na), *y = read_all(b, &nb);
        assert_int_equal(na, nb);
        assert_memory_equal(x, y, na);
        free(x);
        free(y);
    }
}

/* A database that knows only histograms: of the region and of one school. */
static void histograms_alone_make_a_report(void **state)
{
    (void)state;
    world *w = world_open();
    region r = { .w = w };
    oko_error err = { 0 };
    oko_change change;
    bool fresh;
    snprintf(r.out, sizeof r.out, "%s/out", w->dir);
    assert_int_equal(mkdir(r.out, 0777), 0);
    begin(w);
    int64_t school = put_named(w, OKO_LEVEL_SCHOOL, "s1", "Школа", w->municipality[0]);
    oko_aggregate *a = calloc(1, sizeof *a);
    assert_non_null(a);
    *a = (oko_aggregate){ .kind = OKO_AGGREGATE_HISTOGRAM,
                          .procedure = region_procedure(&r, "2021-05-MA", "ВПР. Математика. 5 класс. 2021"),
                          .unit = w->region,
                          .n_units = -1,
                          .n = -1,
                          .n_values = 21 };
    for (int i = 0; i <= 20; i++)
        a->values[i] = 400 - 4 * (i - 10) * (i - 10) + (i == 6 ? 150 : i == 5 ? -150 : 0);
    ok(oko_store_aggregate_put(w->store, w->import, a, &change, &err), &err);
    a->unit = school;
    for (int i = 0; i <= 20; i++)
        a->values[i] = 2;
    ok(oko_store_aggregate_put(w->store, w->import, a, &change, &err), &err);
    free(a);
    commit(w);
    oko_analysis_options options = OKO_ANALYSIS_OPTIONS_INIT;
    options.replicates = 40;
    r.run = analyze(w, &options, false, &fresh);
    const int64_t units[] = { w->region, school };
    char path[160];
    for (int i = 0; i < 2; i++) {
        seen s = write_and_look(&r, units[i], (oko_report_options){ .lang = NULL }, path);
        assert_house(&s);
        assert_int_equal(s.charts, 1);
        assert_non_null(strstr(s.text, "Загружено только распределение баллов"));
        free(s.text);
        ok(oko_report_xlsx(w->store, units[i], &(oko_report_options){ .lang = NULL }, path, &err), &err);
    }
    region_files(&r, true);
    rmdir(r.out);
    oko_run_clear(&r.run);
    world_close(w);
}

/* ---- what goes wrong ---- */

static void expect(region *r, int64_t unit, const char *path, oko_report_options o, oko_status status, const char *id)
{
    oko_error err = { 0 };
    int before = region_files(r, false);
    assert_int_equal(oko_report_html(r->w->store, unit, &o, path, &err), status);
    assert_int_equal(err.code, status);
    if (id != NULL)
        assert_string_equal(err.id, id);
    assert_int_equal(region_files(r, false), before);
}

static void errors_say_what_is_wrong_and_leave_nothing(void **state)
{
    region *r = *state;
    char path[160];
    const oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    snprintf(path, sizeof path, "%s/none/x.html", r->out);
    expect(r, r->w->region, path, o, OKO_E_NOT_FOUND, "report.write.folder");
    expect(r, r->w->region, r->out, o, OKO_E_IO, "report.write.directory");
    snprintf(path, sizeof path, "%s/x.html", r->out);
    expect(r, 987654, path, o, OKO_E_NOT_FOUND, "report.no_unit");
    expect(r, r->school[REGION_SCHOOLS - 1], path, o, OKO_E_NO_DATA, "report.no_data");
    expect(r, r->w->region, path, (oko_report_options){ .run = 77 }, OKO_E_NOT_FOUND, "report.no_run");
    expect(r, r->w->region, path, (oko_report_options){ .lang = "fr" }, OKO_E_ARGUMENT, NULL);
}

/* The limit on the size of a file stands in for a full disk. */
static void a_full_disk_is_told_and_the_old_report_stays(void **state)
{
    region *r = *state;
    char path[160];
    struct rlimit old, small;
    seen s = write_and_look(r, r->w->region, (oko_report_options){ .lang = NULL }, path);
    free(s.text);
    size_t before, after;
    char *x = read_all(path, &before);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    oko_error err = { 0 };
    const oko_report_options o = OKO_REPORT_OPTIONS_INIT;
    int files = region_files(r, false);
    oko_status page = oko_report_html(r->w->store, r->w->region, &o, path, &err);
    oko_status book = oko_report_xlsx(r->w->store, r->w->region, &o, path, &err);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(page, OKO_E_FULL);
    assert_int_equal(book, OKO_E_FULL);
    assert_int_equal(region_files(r, false), files);
    char *y = read_all(path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(x, y, before);
    free(x);
    free(y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_all_levels_are_sound_in_both_languages),
        cmocka_unit_test(english_page_holds_no_russian_words_of_ours),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(every_procedure_has_its_pictures_and_tables),
        cmocka_unit_test(a_sign_explains_itself),
        cmocka_unit_test(small_groups_are_hidden_unless_internal),
        cmocka_unit_test(journal_tables_hold_no_small_counts),
        cmocka_unit_test(schools_stand_by_name),
        cmocka_unit_test(score_tables_hold_no_small_marks),
        cmocka_unit_test(numbers_of_small_groups_are_not_in_signs),
        cmocka_unit_test(a_school_is_not_told_of_others),
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(histograms_alone_make_a_report),
        cmocka_unit_test(errors_say_what_is_wrong_and_leave_nothing),
        cmocka_unit_test(a_full_disk_is_told_and_the_old_report_stays),
    };
    return cmocka_run_group_tests(tests, region_make, region_drop);
}
