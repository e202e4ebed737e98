/* The real exports, read whole: rows as the independent program counted them, one head row more. */
#include "intake/container_rows.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *name;
    size_t rows;
    const char *head; /* how the first row begins */
} files[] = { { "2020-04-MA.xlsx", 26626, "1: A=groups B=user" },
              { "2020-04-RU.xlsx", 26589, "1: A=groups B=user" },
              { "2021-04-MA.xlsx", 26666, "1: A=логин школы B=регион" },
              { "2021-04-RU.xlsx", 26595, "1: A=логин школы B=регион" },
              { "2021-05-MA.xlsx", 26139, "1: A=логин школы B=регион" },
              { "2021-05-RU.xlsx", 26501, "1: A=логин школы B=регион" } };

static void rows_of_all_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];
        told t = { .stop_at = 0 };
        oko_rows_sink sink = told_sink(&t);
        oko_container kind;
        oko_error err;
        (void)snprintf(path, sizeof path, "%s/vpr/%s", OKO_SHARED_DATA, files[i].name);
        assert_int_equal(oko_container_read(path, &sink, NULL, &kind, &err), OKO_OK);
        assert_int_equal(kind, OKO_CONTAINER_XLSX);
        assert_int_equal(t.rows, files[i].rows + 1);
        const char *head = strchr(t.text, '\n') + 1;
        assert_memory_equal(head, files[i].head, strlen(files[i].head));
    }
}

int main(void)
{
    if (access(OKO_SHARED_DATA "/vpr/2020-04-MA.xlsx", R_OK) != 0) {
        (void)fprintf(stderr, "the real exports are not here: skipped\n");
        return 77;
    }
    failing_alloc_arm(0); /* none fails; also makes the linker take the wrapped functions */
    const struct CMUnitTest tests[] = { cmocka_unit_test(rows_of_all_files) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
