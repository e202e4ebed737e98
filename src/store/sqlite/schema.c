/* The schema: commented SQL files of schema/, compiled in as they are. OKO_SCHEMA_DIR comes from CMake. */
#include "store/sqlite/sqlite_store.h"

__asm__(".pushsection .rodata\n"
        ".globl oko_schema_0001, oko_schema_0001_end\n"
        ".hidden oko_schema_0001\n"
        ".hidden oko_schema_0001_end\n"
        "oko_schema_0001:\n"
        "    .incbin \"" OKO_SCHEMA_DIR "/0001.sql\"\n"
        "oko_schema_0001_end:\n"
        "    .byte 0\n"
        ".popsection\n");
extern const char oko_schema_0001[], oko_schema_0001_end[];

int oko_sqlite_schema_version(void)
{
    return 1;
}

oko_str oko_sqlite_migration(int version)
{
    const struct {
        const char *from, *to;
    } steps[] = { { oko_schema_0001, oko_schema_0001_end } };
    _Static_assert(sizeof steps / sizeof *steps == 1, "one step per version");
    return (oko_str){ steps[version - 1].from, (size_t)(steps[version - 1].to - steps[version - 1].from) };
}
