/* Runs the fuzzer's function over every file of a folder: what the fuzzers once found stays found. */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_FILE = 64 * 1024 * 1024 };

/* The whole file in memory of exactly its size, so that a sanitizer sees the first byte behind it. */
static uint8_t *read_file(const char *path, size_t *ret_size)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (f == NULL || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MAX_FILE) {
        if (f != NULL) {
            (void)fclose(f);
        }
        return NULL;
    }
    size_t size = (size_t)st.st_size;
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    if (bytes != NULL && fread(bytes, 1, size, f) != size) {
        free(bytes);
        bytes = NULL;
    }
    (void)fclose(f);
    *ret_size = size;
    return bytes;
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay(const char *folder)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, not_hidden, alphasort);
    int failed = 0;
    for (int i = 0; i < n; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        size_t size = 0;
        uint8_t *bytes = read_file(path, &size);
        if (bytes == NULL) {
            (void)fprintf(stderr, "%s: can't be read\n", path);
            failed = 1;
        } else {
            (void)printf("%s\n", entries[i]->d_name);
            (void)fflush(stdout); /* the last name printed is the one that crashed */
            (void)LLVMFuzzerTestOneInput(bytes, size);
        }
        free(bytes);
        free(entries[i]);
    }
    free(entries);
    if (n <= 0) {
        (void)fprintf(stderr, "%s: no files to replay\n", folder);
    }
    return n <= 0 || failed;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    return replay(argv[1]);
}
