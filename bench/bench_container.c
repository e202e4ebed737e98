/*
 * What the container readers cost beside what they can't avoid: inflating (libzip), inflating and tokenising (libzip
 * and expat with empty handlers), and the whole reader, over the same files in the same run. Then a delimited text of
 * a million works.
 *
 * bench_container [FILE.xlsx…]; without files the real exports under OKO_SHARED_DATA, else a workbook of 3 million
 * cells written for the purpose.
 */
#include "clock.h"
#include "intake/container.h"

#include <expat.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

enum { CHUNK = 64 << 10, MADE_COLUMNS = 30, ITEMS = 20 };

/* --short: one round of made-up files, to see that the bench works. */
static unsigned rounds = 5, made_rows = 100000, works = 1000000;

typedef struct count {
    uint64_t rows, cells, bytes;
} count;

static void XMLCALL no_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    (void)user;
    (void)name;
    (void)atts;
}

static void XMLCALL no_end(void *user, const XML_Char *name)
{
    (void)user;
    (void)name;
}

static void XMLCALL no_text(void *user, const XML_Char *text, int n)
{
    (void)user;
    (void)text;
    (void)n;
}

/* One pass over the worksheets of a file: inflate, and tokenise when asked to. Returns the unzipped bytes. */
static uint64_t floor_pass(const char *path, bool tokenise)
{
    static char chunk[CHUNK];
    uint64_t bytes = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_int64_t n = zip == NULL ? 0 : zip_get_num_entries(zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        if (strstr(zip_get_name(zip, (zip_uint64_t)i, 0), "worksheets/sheet") == NULL) {
            continue;
        }
        zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        XML_Parser parser = XML_ParserCreate(NULL);
        XML_SetElementHandler(parser, no_start, no_end);
        XML_SetCharacterDataHandler(parser, no_text);
        for (zip_int64_t got = 1; got > 0;) {
            got = zip_fread(file, chunk, sizeof chunk);
            bytes += got > 0 ? (uint64_t)got : 0;
            if (tokenise && got >= 0 && XML_Parse(parser, chunk, (int)got, got == 0) != XML_STATUS_OK) {
                break;
            }
        }
        XML_ParserFree(parser);
        zip_fclose(file);
    }
    if (zip != NULL) {
        zip_discard(zip);
    }
    return bytes;
}

static oko_status count_row(void *ctx, uint32_t row, const oko_cell *cells, size_t n, oko_error *err)
{
    count *c = ctx;
    (void)row;
    (void)err;
    c->rows++;
    c->cells += n;
    for (size_t i = 0; i < n; i++) {
        c->bytes += cells[i].text.len;
    }
    return OKO_OK;
}

static bool read_counted(const char *path, count *c)
{
    oko_error err;
    oko_container kind;
    oko_rows_sink sink = { .row = count_row, .ctx = c };
    if (oko_container_read(path, &sink, NULL, &kind, &err) == OKO_OK) {
        return true;
    }
    fprintf(stderr, "%s: %s %s\n", path, err.id, err.field);
    return false;
}

/* Best of `rounds`, the three passes taken in turn, so that a busy machine hurts all of them alike. */
static int bench_workbooks(char **paths, size_t n)
{
    double best[3] = { 1e9, 1e9, 1e9 };
    uint64_t bytes = 0;
    count c = { 0 };
    for (unsigned round = 0; round < rounds; round++) {
        for (int pass = 0; pass < 3; pass++) {
            c = (count){ 0 };
            bytes = pass == 2 ? bytes : 0;
            double begin = now();
            for (size_t i = 0; i < n; i++) {
                if (pass < 2) {
                    bytes += floor_pass(paths[i], pass == 1);
                } else if (!read_counted(paths[i], &c)) {
                    return 1;
                }
            }
            double took = now() - begin;
            best[pass] = took < best[pass] ? took : best[pass];
        }
    }
    printf("xlsx: %zu files, %.1f MB unzipped, %llu rows, %llu cells\n", n, (double)bytes / 1e6,
           (unsigned long long)c.rows, (unsigned long long)c.cells);
    printf("  libzip alone      %6.3f s  %6.0f MB/s\n", best[0], (double)bytes / best[0] / 1e6);
    printf("  libzip and expat  %6.3f s  %6.0f MB/s\n", best[1], (double)bytes / best[1] / 1e6);
    printf("  reader            %6.3f s  %6.0f MB/s  %.1f M cells/s\n", best[2], (double)bytes / best[2] / 1e6,
           (double)c.cells / best[2] / 1e6);
    printf("  ratio reader : libzip and expat  %.2f\n", best[2] / best[1]);
    printf("  peak memory       %6.1f MB\n", peak_mb());
    return 0;
}

static bool write_workbook(const char *path)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    for (lxw_row_t row = 0; row < made_rows; row++) {
        char text[32];
        (void)snprintf(text, sizeof text, "edu%06u", row / 40);
        worksheet_write_string(sheet, row, 0, text, NULL);
        for (lxw_col_t col = 1; col < MADE_COLUMNS; col++) {
            worksheet_write_number(sheet, row, col, (row * 7 + col * 3) % 5, NULL);
        }
    }
    return workbook_close(book) == LXW_NO_ERROR;
}

static bool write_works(const char *path)
{
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        return false;
    }
    fprintf(f, "школа;муниципалитет;код;класс;отметка");
    for (int i = 1; i <= ITEMS; i++) {
        fprintf(f, ";балл за %d", i);
    }
    for (unsigned w = 0; w < works; w++) {
        fprintf(f, "\nedu%06u;МО %u;%u;4А;%u", w / 60, w / 60 % 40, w, 2 + w % 4);
        for (unsigned i = 0; i < ITEMS; i++) {
            fprintf(f, ";%u", (w + i * 7) % 3);
        }
    }
    return fclose(f) == 0;
}

static int bench_text(const char *path)
{
    double best = 1e9;
    count c = { 0 };
    struct timespec pause = { .tv_nsec = 1000000 };
    if (!write_works(path)) {
        return 1;
    }
    for (unsigned round = 0; round < rounds; round++) {
        c = (count){ 0 };
        nanosleep(&pause, NULL);
        double begin = now();
        if (!read_counted(path, &c)) {
            return 1;
        }
        double took = now() - begin;
        best = took < best ? took : best;
    }
    FILE *f = fopen(path, "r");
    long bytes = f != NULL && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0;
    if (f != NULL) {
        fclose(f);
    }
    printf("csv: %.1f MB, %llu rows, %llu cells\n", (double)bytes / 1e6, (unsigned long long)c.rows,
           (unsigned long long)c.cells);
    printf("  reader            %6.3f s  %6.0f MB/s  %.1f M cells/s\n", best, (double)bytes / best / 1e6,
           (double)c.cells / best / 1e6);
    printf("  peak memory       %6.1f MB\n", peak_mb());
    return 0;
}

int main(int argc, char **argv)
{
    char made[] = "/tmp/oko-bench-XXXXXX";
    glob_t real = { 0 };
    int failed;
    int fd = mkstemp(made);
    if (fd < 0) {
        return 1;
    }
    close(fd);
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    if (brief) {
        rounds = 1;
        made_rows = 2000;
        works = 20000;
    }
    if (argc > 1 && !brief) {
        failed = bench_workbooks(argv + 1, (size_t)argc - 1);
    } else if (!brief && glob(OKO_SHARED_DATA "/vpr/*.xlsx", 0, NULL, &real) == 0) {
        failed = bench_workbooks(real.gl_pathv, real.gl_pathc);
    } else {
        char *paths[] = { made };
        failed = write_workbook(made) ? bench_workbooks(paths, 1) : 1;
    }
    globfree(&real);
    failed = failed != 0 ? failed : bench_text(made);
    unlink(made);
    return failed;
}
