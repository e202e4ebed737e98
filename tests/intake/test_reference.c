/* Reference stratum: lists recognised by their heads or by --reference, what entries speak of, idempotence, problems.
 */
#include "intake/feed.h"

#include "domain/finding.h"

typedef struct kept {
    oko_finding at[12];
    size_t n;
} kept;

static oko_status keep(void *ctx, const oko_finding *f)
{
    kept *k = ctx;
    assert_true(k->n < 12);
    k->at[k->n++] = *f;
    return OKO_OK;
}

static const kept *entries(fed *f)
{
    static kept k;
    k.n = 0;
    assert_int_equal(oko_store_finding_walk(f->store, 0, 0, keep, &k, &f->err), OKO_OK);
    return &k;
}

static const char *const list_text = "Логин\tПроцедура\tГод\tКласс\tВид контроля\tФИО наблюдателя\n"
                                     "edu990001\t2026-05-MA\t\t\tнаблюдатель\tИванова\n"
                                     "edu990001\t\t2026\t5А\tвидео\tИванова\n"
                                     "edu990002\t\t2026\t\tцентрализованная проверка\t\n"
                                     "edu990003\t\t\t\tпо решению комиссии\t\n"
                                     "edu990003\t\t\t\tещё раз\t\n"
                                     "edu990004\tчто-то\t2026\t\tнаблюдатель\t\n"
                                     "\t\t2026\t\tнаблюдатель\t\n";

static void a_list(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "список.xlsx", list_text);
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "reference-list");
    assert_int_equal(f.report.findings, 4);
    assert_int_equal(f.report.n_dropped, 1);
    assert_string_equal(f.report.dropped[0], "ФИО наблюдателя");
    assert_int_equal(problems(&f, "problem.finding.repeated", NULL), 1);
    assert_int_equal(problems(&f, "problem.reference.procedure", NULL), 1);
    assert_int_equal(problems(&f, "problem.row.no_school", NULL), 1);
    const kept *k = entries(&f);
    assert_int_equal(k->n, 4);
    int basis[OKO_BASIS_COUNT] = { 0 };
    for (size_t i = 0; i < k->n; i++) {
        oko_reference r;
        oko_reference_read(&k->at[i], &r);
        basis[r.basis]++;
        assert_int_equal(k->at[i].kind, OKO_FINDING_REFERENCE);
        if (r.basis == OKO_BASIS_OBSERVER)
            assert_string_equal(r.procedure, "2026-05-MA");
        if (r.basis == OKO_BASIS_VIDEO) {
            assert_int_equal(r.year, 2026);
            assert_int_equal(r.grade, 5);
            assert_string_equal(r.class_label, "А");
        }
        if (r.basis == OKO_BASIS_CENTRAL)
            assert_true(r.year == 2026 && r.grade < 0 && r.class_label[0] == '\0' && r.procedure[0] == '\0');
        if (r.basis == OKO_BASIS_OTHER) {
            assert_int_equal(r.year, 0);
            assert_string_equal(k->at[i].note, "по решению комиссии");
        }
    }
    assert_true(basis[OKO_BASIS_OBSERVER] == 1 && basis[OKO_BASIS_VIDEO] == 1 && basis[OKO_BASIS_CENTRAL] == 1 &&
                basis[OKO_BASIS_OTHER] == 1);
    int64_t before = 0, after = 0;
    assert_int_equal(oko_store_revision(f.store, &before, &f.err), OKO_OK);
    feed_one(&f, "ещё раз.xlsx", list_text); /* the same content changes nothing */
    assert_int_equal(f.status, OKO_OK);
    assert_int_equal(oko_store_revision(f.store, &after, &f.err), OKO_OK);
    assert_int_equal(before, after);
    feed_one(&f, "исключение.xlsx", "Логин\tГод\tВид контроля\nedu990002\t2026\tисключена\n");
    assert_int_equal(f.status, OKO_OK);
    k = entries(&f);
    assert_int_equal(k->n, 4);
    int withdrawn = 0;
    for (size_t i = 0; i < k->n; i++)
        withdrawn += k->at[i].facts[OKO_REFERENCE_BASIS] == OKO_BASIS_NONE;
    assert_int_equal(withdrawn, 1);
    fed_close(&f);
}

/* «Логин, Основание» is a list of signs, unless the title or --reference says that it is one of reference schools. */
static void an_open_head(void **state)
{
    (void)state;
    fed f;
    fed_open(&f);
    feed_one(&f, "а.xlsx", "Логин\tОснование\nedu990001\tнаблюдатель\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "external-list");
    feed_one(&f, "б.xlsx", "Опорные школы 2026 года\nЛогин\tОснование\nedu990001\tнаблюдатель\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "reference-list");
    assert_int_equal(entries(&f)->at[0].year, 2026);
    f.options.reference = true;
    feed_one(&f, "в.xlsx", "Логин\tОснование\nedu990002\tнаблюдатель\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "reference-list");
    feed_one(&f, "г.xlsx", "Логин\nedu990003\n");
    assert_int_equal(f.status, OKO_OK);
    assert_string_equal(f.report.layout, "reference-list");
    assert_int_equal(entries(&f)->n, 3);
    fed_close(&f);
}

static void what_speaks(void **state)
{
    (void)state;
    const oko_procedure p = { .code = "2026-05-MA", .year = 2026, .grade = 5 };
    const oko_reference all = { .grade = -1, .basis = OKO_BASIS_OBSERVER };
    oko_reference one = { .year = 2026, .grade = 5, .class_label = "А" };
    assert_true(oko_reference_speaks(&all, &p, "") && oko_reference_speaks(&all, &p, "Б"));
    assert_true(oko_reference_speaks(&one, &p, "А"));
    assert_false(oko_reference_speaks(&one, &p, "Б"));
    assert_false(oko_reference_speaks(&one, &p, ""));
    one.grade = 6;
    assert_false(oko_reference_speaks(&one, &p, "А"));
    one.grade = -1;
    one.year = 2025;
    assert_false(oko_reference_speaks(&one, &p, "А"));
    one.year = 0;
    memcpy(one.procedure, "2026-05-RU", sizeof "2026-05-RU");
    assert_false(oko_reference_speaks(&one, &p, "А"));
    assert_true(oko_reference_rank(&one) > oko_reference_rank(&all));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_list), cmocka_unit_test(an_open_head),
                                        cmocka_unit_test(what_speaks) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
