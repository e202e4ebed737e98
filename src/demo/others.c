#include "demo/others.h"

#include "base/random.h"
#include "demo/files.h"

#include <string.h>

#define RECHECK_HEAD                                                                                                                                                                      \
    "Муниципалитет;Логин;Процедура;Код участника;Отметка до перепроверки;Отметка после перепроверки;" \
    "Балл до перепроверки;Балл после перепроверки;Комиссия\n"
#define OBSERVERS_HEAD                                                                                                                                                                                          \
    "Муниципалитет;Логин;Дата;Время начала;Окончание;Предмет;Класс;Этап;ФИО наблюдателя;Независимый наблюдатель;" \
    "Видеонаблюдение;Выявленные нарушения\n"
#define MEDALS_HEAD                                                                                                    \
    "Муниципалитет;Логин;Год;Код участника;Медаль;ЕГЭ Русский язык;Математика профильная;Математика базовая\n"

oko_status demo_others_open(const char *dir, uint64_t seed, demo_others *ret, oko_error *err)
{
    ret->seed = seed;
    oko_status status = demo_list_open(dir, "recheck.csv", RECHECK_HEAD, &ret->recheck, err);
    if (status == OKO_OK) {
        status = demo_list_open(dir, "observers.csv", OBSERVERS_HEAD, &ret->observers, err);
    }
    return status == OKO_OK ? demo_list_open(dir, "medals.csv", MEDALS_HEAD, &ret->medals, err) : status;
}

void demo_others_drop(demo_others *o)
{
    demo_list_dropp(&o->recheck);
    demo_list_dropp(&o->observers);
    demo_list_dropp(&o->medals);
}

oko_status demo_others_finish(demo_others *o, oko_error *err)
{
    demo_list **const lists[] = { &o->recheck, &o->observers, &o->medals };
    oko_status status = OKO_OK;
    for (int i = 0; i < 3 && status == OKO_OK; i++) {
        demo_list *list = *lists[i];
        *lists[i] = NULL;
        status = demo_list_finish(list, err);
    }
    return status;
}

/* ---- re-checks ---- */

static void recheck_work(demo_others *o, const oko_world_class *c, const oko_procedure *p, int i, oko_rng *rng)
{
    char login[48], municipality[48];
    int after = c->honest_total[i];
    if (oko_rng_below(rng, 12) == 0) {
        after += oko_rng_below(rng, 2) == 0 ? 1 : -1;
    }
    after = after < 0 ? 0 : after > p->max_total ? p->max_total : after;
    oko_demo_login(c->school, login);
    oko_demo_municipality(c->municipality, municipality);
    demo_list_print(o->recheck, "%s;%s;%s;%ld;%d;%d;%d;%d;региональная\n", municipality, login, p->code,
                    p->grade * 10000L + (long)c->pupil[i], oko_procedure_mark(p, c->total[i]),
                    oko_procedure_mark(p, after), c->total[i], after);
}

/* ---- observers ---- */

/* What an observer may see of a plant; NULL: nothing. */
static const char *seen(oko_plant plant)
{
    return plant == OKO_PLANT_DICTATION    ? "Учитель диктовал ответы"
           : plant == OKO_PLANT_CORRECTION ? "Исправлены ответы в работах"
           : plant == OKO_PLANT_COPYING    ? "Ученики списывали друг у друга"
                                           : NULL;
}

static void visit(demo_others *o, const oko_world_class *c, const char *label, oko_rng *rng)
{
    static const char *const trifles[] = { "Плакаты на стенах", "Опоздание на пять минут", "Телефон на парте" };
    char login[48], municipality[48];
    const bool independent = oko_rng_below(rng, 4) != 0;
    const char *found = independent && oko_rng_below(rng, 5) != 0 ? seen(c->plant) : NULL;
    const char *trifle = oko_rng_below(rng, 6) == 0 ? trifles[oko_rng_below(rng, 3)] : NULL;
    oko_demo_login(c->school, login);
    oko_demo_municipality(c->municipality, municipality);
    demo_list_print(o->observers, "%s;%s;14.04.2021;9:00;10:00;Математика;%s;Аудитория;Наблюдателев Н. Н.;%s;%s;",
                    municipality, login, label[0] >= '0' && label[0] <= '9' ? label : "5", independent ? "да" : "нет",
                    oko_rng_below(rng, 3) != 0 ? "ведётся" : "нет");
    if (found != NULL && trifle != NULL) {
        demo_list_print(o->observers, "1. %s 2. %s\n", found, trifle);
    } else {
        demo_list_print(o->observers, "%s\n",
                        found != NULL    ? found
                        : trifle != NULL ? trifle
                                         : "Нарушений не выявлено");
    }
}

void demo_others_class(demo_others *o, const oko_world_class *c, const oko_procedure *p, const char *label)
{
    oko_rng rng = oko_rng_make(o->seed ^ UINT64_C(0x6f74686572), (uint64_t)c->school << 8 | (uint64_t)c->class_index);
    for (int i = 0; i < c->n && c->school % 3 == 0; i++) {
        if (c->total[i] >= 0 && c->total[i] <= p->max_total && oko_rng_below(&rng, 5) == 0) {
            recheck_work(o, c, p, i, &rng);
        }
    }
    if (c->school % 4 == 1 && c->class_index == 0) {
        visit(o, c, label, &rng);
    }
}

/* ---- medallists ---- */

void demo_others_school(demo_others *o, int school, int municipality)
{
    char login[48], place[48];
    oko_rng rng = oko_rng_make(o->seed ^ UINT64_C(0x6d6564616c73), (uint64_t)school);
    const int n = (int)oko_rng_below(&rng, 7);
    oko_demo_login(school, login);
    oko_demo_municipality(municipality, place);
    for (int i = 0; i < n; i++) {
        const bool below = oko_rng_below(&rng, 100) < (school % 12 == 5 ? 60U : 6U);
        const int ru = below && i % 2 == 0 ? 55 + (int)oko_rng_below(&rng, 15) : 72 + (int)oko_rng_below(&rng, 28);
        const int ma = below && i % 2 == 1 ? 45 + (int)oko_rng_below(&rng, 25) : 70 + (int)oko_rng_below(&rng, 30);
        const bool base = !below && oko_rng_below(&rng, 3) == 0;
        demo_list_print(o->medals, "%s;%s;2022;%d;I степень;%d;", place, login, 110001 + i, ru);
        if (base) {
            demo_list_print(o->medals, ";5\n");
        } else {
            demo_list_print(o->medals, "%d;\n", ma);
        }
    }
}
