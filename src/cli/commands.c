/* The table of commands: what help, usage errors and shell completion are made from. */
#include "cli/cli.h"

#define OPTION(name_, value_, help_)                                                                                   \
    {                                                                                                                  \
        .name = (name_), .value = (value_), .help = (help_)                                                            \
    }
#define END                                                                                                            \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

const oko_option oko_global_options[] = {
    OPTION("db", "FILE", "cli.option.db"),      OPTION("json", NULL, "cli.option.json"),
    OPTION("lang", "ru|en", "cli.option.lang"), OPTION("quiet", NULL, "cli.option.quiet"),
    OPTION("help", NULL, "cli.option.help"),    END,
};

static const oko_option import_options[] = {
    OPTION("procedure", "CODE", "cli.option.procedure"),
    OPTION("list", "TITLE", "cli.option.list"),
    OPTION("reference", NULL, "cli.option.reference"),
    OPTION("school", "LOGIN", "cli.option.school"),
    OPTION("region", "CODE", "cli.option.region"),
    OPTION("add-classes", NULL, "cli.option.add_classes"),
    OPTION("dry-run", NULL, "cli.option.dry_run"),
    OPTION("threads", "N", "cli.option.threads"),
    END,
};
static const oko_option units_import_options[] = {
    OPTION("dry-run", NULL, "cli.option.dry_run"),
    END,
};
static const oko_option problems_options[] = {
    OPTION("xlsx", "FILE", "cli.option.problems_xlsx"),
    OPTION("all", NULL, "cli.option.problems_all"),
    END,
};
static const oko_option units_options[] = {
    OPTION("level", "LEVEL", "cli.option.level"),
    OPTION("unconfirmed", NULL, "cli.option.unconfirmed"),
    END,
};
static const oko_option level_options[] = {
    OPTION("level", "LEVEL", "cli.option.level"),
    END,
};
static const oko_option confirm_options[] = {
    OPTION("all", NULL, "cli.option.confirm_all"),
    OPTION("level", "LEVEL", "cli.option.level"),
    END,
};
static const oko_option merge_options[] = {
    OPTION("dry-run", NULL, "cli.option.merge_dry_run"),
    OPTION("level", "LEVEL", "cli.option.level"),
    END,
};
static const oko_option procedures_options[] = {
    OPTION("year", "YYYY", "cli.option.year"),
    END,
};
static const oko_option analyze_options[] = {
    OPTION("seed", "N", "cli.option.seed"),
    OPTION("replicates", "N", "cli.option.replicates"),
    OPTION("revision", "N", "cli.option.revision"),
    OPTION("min", "N", "cli.option.min"),
    OPTION("recompute", NULL, "cli.option.recompute"),
    OPTION("rules", "FILE", "cli.option.rules"),
    OPTION("threads", "N", "cli.option.threads"),
    END,
};
static const oko_option run_options[] = {
    OPTION("run", "ID", "cli.option.run"),
    OPTION("level", "LEVEL", "cli.option.level"),
    END,
};
static const oko_option findings_options[] = {
    OPTION("kind", "KIND", "cli.option.finding_kind"), OPTION("unit", "CODE", "cli.option.finding_unit"),
    OPTION("level", "LEVEL", "cli.option.level"),      OPTION("observed", NULL, "cli.option.observed"),
    OPTION("out", "FILE", "evidence.option.out"),      END,
};
static const oko_option signs_options[] = {
    OPTION("level", "LEVEL", "evidence.option.level"),
    OPTION("procedure", "CODE", "evidence.option.procedure"),
    OPTION("format", "csv|json", "evidence.option.format"),
    OPTION("out", "FILE", "evidence.option.out"),
    OPTION("all", NULL, "evidence.option.all"),
    OPTION("only", "EVIDENCE", "evidence.option.only"),
    OPTION("explain", "UNIT", "evidence.option.explain"),
    OPTION("seed", "N", "cli.option.seed"),
    OPTION("replicates", "N", "evidence.option.replicates"),
    OPTION("recompute", NULL, "cli.option.recompute"),
    OPTION("threads", "N", "cli.option.threads"),
    END,
};
static const oko_option report_options[] = {
    OPTION("unit", "CODE", "cli.option.unit"),
    OPTION("level", "LEVEL", "cli.option.level"),
    OPTION("all", NULL, "cli.option.report_all"),
    OPTION("schools", NULL, "cli.option.report_schools"),
    OPTION("out", "DIR|FILE", "cli.option.report_out"),
    OPTION("format", "html,xlsx", "cli.option.format"),
    OPTION("run", "ID", "cli.option.run"),
    OPTION("min", "N", "cli.option.min"),
    OPTION("internal", NULL, "cli.option.internal"),
    END,
};
static const oko_option simulate_options[] = {
    OPTION("out", "DIR", "cli.option.simulate_out"),
    OPTION("seed", "N", "cli.option.seed"),
    OPTION("schools", "N", "cli.option.schools"),
    OPTION("municipalities", "N", "cli.option.municipalities"),
    OPTION("planted", "SHARE", "cli.option.planted"),
    OPTION("plant", "KIND[:STRENGTH],...", "cli.option.plant"),
    OPTION("mass", "SHARE", "cli.option.mass"),
    OPTION("into", "FILE", "cli.option.into"),
    OPTION("class", "COLUMN", "cli.option.into_class"),
    OPTION("school", "COLUMN", "cli.option.into_school"),
    OPTION("items", "PREFIX|A..B", "cli.option.into_items"),
    OPTION("total", "COLUMN", "cli.option.into_total"),
    OPTION("cutoffs", "LIST", "cli.option.into_cutoffs"),
    END,
};
static const oko_option persons_options[] = {
    OPTION("id", "COLUMN|row", "persons.option.id"),
    OPTION("items", "PREFIX|A..B", "persons.option.items"),
    OPTION("key", "FILE|row", "persons.option.key"),
    OPTION("stat", "LIST", "persons.option.stat"),
    OPTION("variant", "COLUMN", "persons.option.variant"),
    OPTION("model", "MODEL", "persons.option.model"),
    OPTION("refit", NULL, "persons.option.refit"),
    OPTION("format", "csv|json", "persons.option.format"),
    OPTION("out", "FILE", "persons.option.out"),
    OPTION("threads", "N", "cli.option.threads"),
    END,
};
static const oko_option force_options[] = {
    OPTION("force", NULL, "cli.option.force"),
    END,
};

static const oko_option pairs_options[] = {
    OPTION("id", "NAME", "pairs.option.id"),
    OPTION("items", "PREFIX|A..B", "pairs.option.items"),
    OPTION("key", "FILE|row", "pairs.option.key"),
    OPTION("kind", "options|scores", "pairs.option.kind"),
    OPTION("group", "COLUMN", "pairs.option.group"),
    OPTION("stat", "LIST", "pairs.option.stat"),
    OPTION("alpha", "X", "pairs.option.alpha"),
    OPTION("correction", "bonferroni|examinee|bh|none", "pairs.option.correction"),
    OPTION("ability", "likelihood|total", "pairs.option.ability"),
    OPTION("refit", NULL, "pairs.option.refit"),
    OPTION("all", NULL, "pairs.option.all"),
    OPTION("format", "csv|json", "pairs.option.format"),
    OPTION("out", "FILE", "pairs.option.out"),
    OPTION("threads", "N", "cli.option.threads"),
    END,
};

#define COMMAND(id_, name_, synopsis_, summary_, options_, min_, max_, run_)                                           \
    static const oko_command id_ = { .name = (name_),                                                                  \
                                     .synopsis = (synopsis_),                                                          \
                                     .summary = (summary_),                                                            \
                                     .options = (options_),                                                            \
                                     .min_args = (min_),                                                               \
                                     .max_args = (max_),                                                               \
                                     .run = (run_) }

COMMAND(import, "import", "FILE…", "cli.summary.import", import_options, 1, -1, oko_cmd_import);
COMMAND(imports, "imports", "", "cli.summary.imports", NULL, 0, 0, oko_cmd_imports);
COMMAND(problems, "problems", "[IMPORT]", "cli.summary.problems", problems_options, 0, 1, oko_cmd_problems);
COMMAND(procedures, "procedures", "", "cli.summary.procedures", procedures_options, 0, 0, oko_cmd_procedures_list);
COMMAND(procedures_list, "procedures list", "", "cli.summary.procedures_list", procedures_options, 0, 0,
        oko_cmd_procedures_list);
COMMAND(procedures_show, "procedures show", "CODE", "cli.summary.procedures_show", NULL, 1, 1, oko_cmd_procedures_show);
COMMAND(procedures_add, "procedures add", "FILE", "cli.summary.procedures_add", NULL, 1, 1, oko_cmd_procedures_add);
COMMAND(procedures_template, "procedures template", "[CODE]", "cli.summary.procedures_template", NULL, 0, 1,
        oko_cmd_procedures_template);
COMMAND(units, "units", "", "cli.summary.units", units_options, 0, 0, oko_cmd_units_list);
COMMAND(units_list, "units list", "", "cli.summary.units_list", units_options, 0, 0, oko_cmd_units_list);
COMMAND(units_import, "units import", "FILE", "cli.summary.units_import", units_import_options, 1, 1, oko_cmd_import);
COMMAND(units_show, "units show", "CODE", "cli.summary.units_show", level_options, 1, 1, oko_cmd_units_show);
COMMAND(units_alias, "units alias add", "CODE KIND ALIAS", "cli.summary.units_alias", level_options, 3, 3,
        oko_cmd_units_alias);
COMMAND(units_confirm, "units confirm", "[CODE…]", "cli.summary.units_confirm", confirm_options, 0, -1,
        oko_cmd_units_confirm);
COMMAND(units_match, "units match", "", "cli.summary.units_match", NULL, 0, 0, oko_cmd_units_match);
COMMAND(units_merge, "units merge", "FROM INTO", "cli.summary.units_merge", merge_options, 2, 2, oko_cmd_units_merge);
COMMAND(analyze, "analyze", "", "cli.summary.analyze", analyze_options, 0, 0, oko_cmd_analyze);
COMMAND(show_procedures, "show procedures", "", "cli.summary.show_procedures", NULL, 0, 0, oko_cmd_show_procedures);
COMMAND(show_procedure, "show procedure", "CODE", "cli.summary.show_procedure", run_options, 1, 1,
        oko_cmd_show_procedure);
COMMAND(show_unit, "show unit", "CODE", "cli.summary.show_unit", run_options, 1, 1, oko_cmd_show_unit);
COMMAND(show_reference, "show reference", "", "cli.summary.show_reference", NULL, 0, 0, oko_cmd_show_reference);
COMMAND(show_run, "show run", "[ID]", "cli.summary.show_run", NULL, 0, 1, oko_cmd_show_run);
COMMAND(findings, "findings", "", "cli.summary.findings", findings_options, 0, 0, oko_cmd_findings);
COMMAND(signs, "signs", "", "evidence.summary", signs_options, 0, 0, oko_cmd_signs);
COMMAND(report, "report", "", "cli.summary.report", report_options, 0, 0, oko_cmd_report);
COMMAND(simulate, "simulate", "", "cli.summary.simulate", simulate_options, 0, 0, oko_cmd_simulate);
COMMAND(persons, "persons", "FILE", "persons.summary", persons_options, 1, 1, oko_cmd_persons);
COMMAND(pairs, "pairs", "FILE", "pairs.summary", pairs_options, 1, 1, oko_cmd_pairs);
COMMAND(db_info, "db info", "", "cli.summary.db_info", NULL, 0, 0, oko_cmd_db_info);
COMMAND(db_check, "db check", "", "cli.summary.db_check", NULL, 0, 0, oko_cmd_db_check);
COMMAND(backup, "backup", "FILE", "cli.summary.backup", force_options, 1, 1, oko_cmd_backup);
COMMAND(restore, "restore", "FILE", "cli.summary.restore", force_options, 1, 1, oko_cmd_restore);
COMMAND(completion, "completion", "bash|zsh", "cli.summary.completion", NULL, 1, 1, oko_cmd_completion);
COMMAND(help, "help", "[COMMAND]", "cli.summary.help", NULL, 0, -1, oko_cmd_help);
COMMAND(version, "version", "", "cli.summary.version", NULL, 0, 0, oko_cmd_version);

const oko_command *const oko_commands[] = {
    &import,          &imports,
    &problems,        &procedures,
    &procedures_list, &procedures_show,
    &procedures_add,  &procedures_template,
    &units,           &units_list,
    &units_import,    &units_show,
    &units_alias,     &units_confirm,
    &units_match,     &units_merge,
    &analyze,         &show_procedures,
    &show_procedure,  &show_unit,
    &show_reference,  &show_run,
    &findings,        &signs,
    &report,          &simulate,
    &persons,         &pairs,
    &db_info,         &db_check,
    &backup,          &restore,
    &completion,      &help,
    &version,         NULL,
};
