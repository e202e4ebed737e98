/* The schema: commented SQL files of schema/, compiled in as they are. OKO_SCHEMA_DIR comes from CMake. */
#include "store/sqlite/sqlite_store.h"

#define SCHEMA_FILE(number)                                                                                            \
    ".globl oko_schema_" number ", oko_schema_" number "_end\n"                                                        \
    ".hidden oko_schema_" number "\n"                                                                                  \
    ".hidden oko_schema_" number "_end\n"                                                                              \
    "oko_schema_" number ":\n"                                                                                         \
    "    .incbin \"" OKO_SCHEMA_DIR "/" number ".sql\"\n"                                                              \
    "oko_schema_" number "_end:\n"                                                                                     \
    "    .byte 0\n"

__asm__(".pushsection .rodata\n" SCHEMA_FILE("0001") SCHEMA_FILE("0002") SCHEMA_FILE("0003") SCHEMA_FILE("0004")
            SCHEMA_FILE("0005") SCHEMA_FILE("0006") SCHEMA_FILE("0007") ".popsection\n");
extern const char oko_schema_0001[], oko_schema_0001_end[], oko_schema_0002[], oko_schema_0002_end[], oko_schema_0003[],
    oko_schema_0003_end[], oko_schema_0004[], oko_schema_0004_end[];
extern const char oko_schema_0005[], oko_schema_0005_end[], oko_schema_0006[], oko_schema_0006_end[], oko_schema_0007[],
    oko_schema_0007_end[];

enum { VERSIONS = 7 };

int oko_sqlite_schema_version(void)
{
    return VERSIONS;
}

oko_str oko_sqlite_migration(int version)
{
    const struct {
        const char *from, *to;
    } steps[] = { { oko_schema_0001, oko_schema_0001_end }, { oko_schema_0002, oko_schema_0002_end },
                  { oko_schema_0003, oko_schema_0003_end }, { oko_schema_0004, oko_schema_0004_end },
                  { oko_schema_0005, oko_schema_0005_end }, { oko_schema_0006, oko_schema_0006_end },
                  { oko_schema_0007, oko_schema_0007_end } };
    _Static_assert(sizeof steps / sizeof *steps == VERSIONS, "one step per version");
    return (oko_str){ steps[version - 1].from, (size_t)(steps[version - 1].to - steps[version - 1].from) };
}
