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
static const oko_option import_undo_options[] = {
    OPTION("dry-run", NULL, "cli.option.undo_dry_run"),
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
static const oko_option demo_options[] = {
    OPTION("out", "DIR", "cli.option.demo_out"),  OPTION("prepare", NULL, "cli.option.demo_prepare"),
    OPTION("schools", "N", "cli.option.schools"), OPTION("municipalities", "N", "cli.option.municipalities"),
    OPTION("seed", "N", "cli.option.seed"),       END,
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

static const oko_option serve_options[] = {
    OPTION("listen", "ADDRESS:PORT", "serve.option.listen"),
    OPTION("tls-cert", "FILE", "serve.option.tls_cert"),
    OPTION("tls-key", "FILE", "serve.option.tls_key"),
    OPTION("behind-proxy", NULL, "serve.option.behind_proxy"),
    OPTION("workers", "N", "serve.option.workers"),
    OPTION("connections", "N", "serve.option.connections"),
    END,
};
static const oko_option api_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("if-match", "VERSION", "serve.option.if_match"),
    OPTION("key", "KEY", "serve.option.key"),
    END,
};
static const oko_option roadmap_options[] = {
    OPTION("code", "CODE", "roadmap.option.code"),
    OPTION("unit", "CODE", "roadmap.option.unit"),
    OPTION("state", NULL, "roadmap.option.state"),
    OPTION("as", "LOGIN", "roadmap.option.as"),
    END,
};
static const oko_option roadmap_copy_options[] = {
    OPTION("code", "CODE", "roadmap.option.code"),
    OPTION("to", "CODE", "roadmap.option.to"),
    OPTION("as", "LOGIN", "roadmap.option.as"),
    END,
};
static const oko_option as_options[] = {
    OPTION("as", "LOGIN", "roadmap.option.as"),
    END,
};
static const oko_option user_options[] = {
    OPTION("role", "ROLE", "people.option.role"),
    OPTION("unit", "CODE", "people.option.unit"),
    OPTION("level", "LEVEL", "cli.option.level"),
    OPTION("name", "TEXT", "people.option.name"),
    OPTION("email", "TEXT", "people.option.email"),
    OPTION("password-stdin", NULL, "people.option.password_stdin"),
    OPTION("must-change", NULL, "people.option.must_change"),
    END,
};
static const oko_option records_list_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),       OPTION("day", "DATE", "case.option.day"),
    OPTION("year", "YYYY", "case.option.year"),     OPTION("unit", "CODE", "case.option.unit"),
    OPTION("state", "LIST", "case.option.state"),   OPTION("overdue", NULL, "case.option.overdue"),
    OPTION("search", "TEXT", "case.option.search"), OPTION("limit", "N", "case.option.limit"),
    OPTION("level", "LEVEL", "cli.option.level"),   END,
};
static const oko_option records_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("day", "DATE", "case.option.day"),
    END,
};
static const oko_option records_add_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),     OPTION("day", "DATE", "case.option.day"),
    OPTION("year", "YYYY", "case.option.year"),   OPTION("title", "TEXT", "case.option.title"),
    OPTION("due", "DATE", "case.option.due"),     OPTION("assignee", "LOGIN", "case.option.assignee"),
    OPTION("level", "LEVEL", "cli.option.level"), END,
};
static const oko_option case_make_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),         OPTION("day", "DATE", "case.option.day"),
    OPTION("year", "YYYY", "case.option.year"),       OPTION("unit", "CODE", "case.option.unit"),
    OPTION("from", "EVIDENCE", "case.option.from"),   OPTION("run", "ID", "case.option.run"),
    OPTION("pack", "NAME", "case.option.pack"),       OPTION("no-signs", NULL, "case.option.no_signs"),
    OPTION("no-lists", NULL, "case.option.no_lists"), OPTION("preview", NULL, "case.option.preview"),
    OPTION("level", "LEVEL", "cli.option.level"),     END,
};
static const oko_option records_count_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),     OPTION("day", "DATE", "case.option.day"),
    OPTION("year", "YYYY", "case.option.year"),   OPTION("unit", "CODE", "case.option.unit"),
    OPTION("level", "LEVEL", "cli.option.level"), END,
};
static const oko_option letter_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("day", "DATE", "case.option.day"),
    OPTION("format", "html|docx", "case.option.format"),
    OPTION("template", "FILE", "case.option.template"),
    OPTION("out", "FILE", "case.option.out"),
    END,
};
static const oko_option schedule_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("day", "DATE", "case.option.day"),
    OPTION("from", "DATE", "case.option.from_day"),
    OPTION("until", "DATE", "case.option.until_day"),
    END,
};
static const oko_option observe_reference_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("day", "DATE", "case.option.day"),
    OPTION("year", "YYYY", "case.option.year"),
    OPTION("out", "FILE", "case.option.out"),
    END,
};
static const oko_option effect_options[] = {
    OPTION("as", "LOGIN", "serve.option.as"),
    OPTION("day", "DATE", "case.option.day"),
    OPTION("keep", NULL, "case.option.keep"),
    END,
};
static const oko_option token_options[] = {
    OPTION("write", NULL, "people.option.write"),
    OPTION("days", "N", "people.option.days"),
    END,
};
static const oko_option audit_options[] = {
    OPTION("action", "PREFIX", "people.option.action"),
    OPTION("limit", "N", "people.option.limit"),
    END,
};

#define AS OPTION("as", "LOGIN", "serve.option.as")
static const oko_option act_options[] = {
    AS,
    OPTION("comment", "TEXT", "campaign.option.comment"),
    OPTION("reason", "TEXT", "campaign.option.reason"),
    OPTION("due", "DATE", "campaign.option.due"),
    END,
};
static const oko_option indicator_filter[] = {
    AS,
    OPTION("year", "YYYY", "cli.option.year"),
    OPTION("state", "STATE", "campaign.option.state"),
    END,
};
static const oko_option form_filter[] = {
    AS,
    OPTION("state", "STATE", "campaign.option.state"),
    END,
};
static const oko_option compute_options[] = {
    AS,
    OPTION("campaign", "ID", "campaign.option.campaign"),
    END,
};
static const oko_option value_options[] = {
    AS,
    OPTION("year", "YYYY", "cli.option.year"),
    OPTION("code", "CODE", "indicator.option.code"),
    OPTION("campaign", "ID", "campaign.option.campaign"),
    OPTION("unit", "CODE", "people.option.unit"),
    OPTION("level", "LEVEL", "cli.option.level"),
    END,
};
static const oko_option publish_options[] = {
    AS,
    OPTION("year", "YYYY", "cli.option.year"),
    OPTION("code", "CODE", "indicator.option.code"),
    OPTION("campaign", "ID", "campaign.option.campaign"),
    OPTION("format", "csv|xlsx|json", "indicator.option.format"),
    OPTION("out", "FILE", "indicator.option.out"),
    END,
};
static const oko_option campaign_options[] = {
    AS,
    OPTION("year", "YYYY", "cli.option.year"),
    OPTION("deadline", "DATE", "campaign.option.deadline"),
    OPTION("indicators", "CODE,…", "campaign.option.indicators"),
    OPTION("levels", "LEVEL,…", "campaign.option.levels"),
    OPTION("procedures", "CODE,…", "campaign.option.procedures"),
    END,
};
static const oko_option late_options[] = {
    AS,
    OPTION("remind", NULL, "campaign.option.remind"),
    END,
};
static const oko_option fill_options[] = {
    AS,
    OPTION("explanation", "TEXT", "campaign.option.explanation"),
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
COMMAND(import_undo, "import undo", "IMPORT", "cli.summary.import_undo", import_undo_options, 1, 1,
        oko_cmd_import_undo);
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
COMMAND(demo, "demo", "", "cli.summary.demo", demo_options, 0, 0, oko_cmd_demo);
COMMAND(simulate, "simulate", "", "cli.summary.simulate", simulate_options, 0, 0, oko_cmd_simulate);
COMMAND(persons, "persons", "FILE", "persons.summary", persons_options, 1, 1, oko_cmd_persons);
COMMAND(pairs, "pairs", "FILE", "pairs.summary", pairs_options, 1, 1, oko_cmd_pairs);
COMMAND(serve, "serve", "", "serve.summary.serve", serve_options, 0, 0, oko_cmd_serve);
COMMAND(api, "api", "METHOD PATH [JSON|-]", "serve.summary.api", api_options, 2, 3, oko_cmd_api);
COMMAND(roadmap_show, "roadmap show", "", "roadmap.summary.show", roadmap_options, 0, 0, oko_cmd_roadmap_show);
COMMAND(roadmap_export, "roadmap export", "FILE", "roadmap.summary.export", roadmap_options, 1, 1,
        oko_cmd_roadmap_export);
COMMAND(roadmap_copy, "roadmap copy", "YEAR", "roadmap.summary.copy", roadmap_copy_options, 1, 1, oko_cmd_roadmap_copy);
COMMAND(roadmap_seed, "roadmap seed", "", "roadmap.summary.seed", as_options, 0, 0, oko_cmd_roadmap_seed);
COMMAND(event_list, "event list", "", "event.summary.list", records_list_options, 0, 0, oko_cmd_records_list);
COMMAND(event_show, "event show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(event_add, "event add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(event_act, "event act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(event_link, "event link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(note_list, "note list", "", "note.summary.list", records_list_options, 0, 0, oko_cmd_records_list);
COMMAND(note_show, "note show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(note_add, "note add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(note_act, "note act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(note_link, "note link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(note_export, "note export", "NOTE FILE", "note.summary.export", as_options, 2, 2, oko_cmd_note_export);
COMMAND(tasks, "tasks", "", "task.summary", as_options, 0, 0, oko_cmd_tasks);
COMMAND(user_add, "user add", "LOGIN", "people.summary.user_add", user_options, 1, 1, oko_cmd_user_add);
COMMAND(user_list, "user list", "", "people.summary.user_list", NULL, 0, 0, oko_cmd_user_list);
COMMAND(user_disable, "user disable", "LOGIN", "people.summary.user_disable", NULL, 1, 1, oko_cmd_user_disable);
COMMAND(user_reset, "user reset", "LOGIN", "people.summary.user_reset", NULL, 1, 1, oko_cmd_user_invite);
COMMAND(user_invite, "user invite", "LOGIN", "people.summary.user_invite", NULL, 1, 1, oko_cmd_user_invite);
COMMAND(token_add, "token add", "LOGIN TITLE", "people.summary.token_add", token_options, 2, 2, oko_cmd_token_add);
COMMAND(token_list, "token list", "LOGIN", "people.summary.token_list", NULL, 1, 1, oko_cmd_token_list);
COMMAND(token_remove, "token remove", "LOGIN NUMBER", "people.summary.token_remove", NULL, 2, 2, oko_cmd_token_remove);
COMMAND(audit_list, "audit list", "", "people.summary.audit_list", audit_options, 0, 0, oko_cmd_audit_list);
COMMAND(audit_verify, "audit verify", "", "people.summary.audit_verify", NULL, 0, 0, oko_cmd_audit_verify);
COMMAND(case_list, "case list", "", "case.summary.case_list", records_list_options, 0, 0, oko_cmd_records_list);
COMMAND(case_show, "case show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(case_add, "case add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(case_act, "case act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(case_link, "case link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(case_make, "case make", "", "case.summary.make", case_make_options, 0, 0, oko_cmd_case_make);
COMMAND(case_board, "case board", "", "case.summary.board", records_count_options, 0, 0, oko_cmd_case_board);
COMMAND(case_escalate, "case escalate", "", "case.summary.escalate", records_options, 0, 0, oko_cmd_case_escalate);
COMMAND(case_similar, "case similar", "NUMBER", "case.summary.similar", records_options, 1, 1, oko_cmd_case_similar);
COMMAND(recommend_list, "recommend list", "", "case.summary.recommend_list", records_list_options, 0, 0,
        oko_cmd_records_list);
COMMAND(recommend_show, "recommend show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(recommend_add, "recommend add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(recommend_act, "recommend act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(recommend_link, "recommend link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(recommend_seed, "recommend seed", "", "case.summary.seed", records_options, 0, 0, oko_cmd_recommend_seed);
COMMAND(recommend_advice, "recommend advice", "CASE", "case.summary.advice", records_options, 1, 1,
        oko_cmd_recommend_advice);
COMMAND(recommend_letter, "recommend letter", "NUMBER", "case.summary.letter", letter_options, 1, 1,
        oko_cmd_recommend_letter);
COMMAND(measure_list, "measure list", "", "case.summary.measure_list", records_list_options, 0, 0,
        oko_cmd_records_list);
COMMAND(measure_show, "measure show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(measure_add, "measure add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(measure_act, "measure act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(measure_link, "measure link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(measure_overview, "measure overview", "", "case.summary.overview", records_count_options, 0, 0,
        oko_cmd_measure_overview);
COMMAND(observe_list, "observe list", "", "case.summary.observe_list", records_list_options, 0, 0,
        oko_cmd_records_list);
COMMAND(observe_show, "observe show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(observe_add, "observe add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(observe_act, "observe act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(observe_link, "observe link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(observe_schedule, "observe schedule", "", "case.summary.schedule", schedule_options, 0, 0,
        oko_cmd_observe_schedule);
COMMAND(observe_reference, "observe reference", "", "case.summary.reference", observe_reference_options, 0, 0,
        oko_cmd_observe_reference);
COMMAND(recheck_list, "recheck list", "", "case.summary.recheck_list", records_list_options, 0, 0,
        oko_cmd_records_list);
COMMAND(recheck_show, "recheck show", "NUMBER", "case.summary.show", records_options, 1, 1, oko_cmd_records_show);
COMMAND(recheck_add, "recheck add", "UNIT [member=value…]", "case.summary.add", records_add_options, 1, -1,
        oko_cmd_records_add);
COMMAND(recheck_act, "recheck act", "NUMBER ACTION [member=value…]", "case.summary.act", records_options, 2, -1,
        oko_cmd_records_act);
COMMAND(recheck_link, "recheck link", "NUMBER RELATION TARGET", "case.summary.link", records_options, 3, 3,
        oko_cmd_records_link);
COMMAND(effect, "effect", "YEAR", "case.summary.effect", effect_options, 1, 1, oko_cmd_effect);
COMMAND(indicator_list, "indicator list", "", "indicator.summary.indicator_list", indicator_filter, 0, 0,
        oko_cmd_indicator_list);
COMMAND(indicator_check, "indicator check", "FORMULA", "indicator.summary.indicator_check", NULL, 1, 1,
        oko_cmd_indicator_check);
COMMAND(indicator_try, "indicator try", "FORMULA UNIT YEAR", "indicator.summary.indicator_try", as_options, 3, 3,
        oko_cmd_indicator_try);
COMMAND(indicator_seed, "indicator seed", "YEAR", "indicator.summary.indicator_seed", as_options, 1, 1,
        oko_cmd_indicator_seed);
COMMAND(indicator_copy, "indicator copy", "FROM TO", "indicator.summary.indicator_copy", as_options, 2, 2,
        oko_cmd_indicator_copy);
COMMAND(indicator_act, "indicator act", "YEAR ACTION", "indicator.summary.indicator_act", act_options, 2, 2,
        oko_cmd_indicator_act);
COMMAND(indicator_compute, "indicator compute", "YEAR", "indicator.summary.indicator_compute", compute_options, 1, 1,
        oko_cmd_indicator_compute);
COMMAND(indicator_values, "indicator values", "", "indicator.summary.indicator_values", value_options, 0, 0,
        oko_cmd_indicator_values);
COMMAND(indicator_trace, "indicator trace", "VALUE", "indicator.summary.indicator_trace", as_options, 1, 1,
        oko_cmd_indicator_trace);
COMMAND(indicator_publish, "indicator publish", "", "indicator.summary.indicator_publish", publish_options, 0, 0,
        oko_cmd_indicator_publish);
COMMAND(campaign_list, "campaign list", "", "campaign.summary.campaign_list", as_options, 0, 0, oko_cmd_campaign_list);
COMMAND(campaign_create, "campaign create", "TITLE", "campaign.summary.campaign_create", campaign_options, 1, 1,
        oko_cmd_campaign_create);
COMMAND(campaign_open, "campaign open", "ID", "campaign.summary.campaign_open", act_options, 1, 1,
        oko_cmd_campaign_act);
COMMAND(campaign_close, "campaign close", "ID", "campaign.summary.campaign_close", act_options, 1, 1,
        oko_cmd_campaign_act);
COMMAND(campaign_reopen, "campaign reopen", "ID", "campaign.summary.campaign_reopen", act_options, 1, 1,
        oko_cmd_campaign_act);
COMMAND(campaign_publish, "campaign publish", "ID", "campaign.summary.campaign_publish", act_options, 1, 1,
        oko_cmd_campaign_act);
COMMAND(campaign_status, "campaign status", "ID", "campaign.summary.campaign_status", as_options, 1, 1,
        oko_cmd_campaign_status);
COMMAND(campaign_late, "campaign late", "ID", "campaign.summary.campaign_late", late_options, 1, 1,
        oko_cmd_campaign_late);
COMMAND(form_list, "form list", "", "campaign.summary.form_list", form_filter, 0, 0, oko_cmd_form_list);
COMMAND(form_show, "form show", "ID", "campaign.summary.form_show", as_options, 1, 1, oko_cmd_form_show);
COMMAND(form_fill, "form fill", "ID FIELD=VALUE…", "campaign.summary.form_fill", fill_options, 2, -1,
        oko_cmd_form_fill);
COMMAND(form_submit, "form submit", "ID", "campaign.summary.form_submit", act_options, 1, 1, oko_cmd_form_act);
COMMAND(form_verify, "form verify", "ID", "campaign.summary.form_verify", act_options, 1, 1, oko_cmd_form_act);
COMMAND(form_accept, "form accept", "ID", "campaign.summary.form_accept", act_options, 1, 1, oko_cmd_form_accept);
COMMAND(form_return, "form return", "ID", "campaign.summary.form_return", act_options, 1, 1, oko_cmd_form_act);
COMMAND(form_substitute, "form substitute", "ID", "campaign.summary.form_substitute", act_options, 1, 1,
        oko_cmd_form_act);
COMMAND(jobs_run, "jobs run", "", "campaign.summary.jobs_run", NULL, 0, 0, oko_cmd_jobs_run);
COMMAND(db_info, "db info", "", "cli.summary.db_info", NULL, 0, 0, oko_cmd_db_info);
COMMAND(db_check, "db check", "", "cli.summary.db_check", NULL, 0, 0, oko_cmd_db_check);
COMMAND(backup, "backup", "FILE", "cli.summary.backup", force_options, 1, 1, oko_cmd_backup);
COMMAND(restore, "restore", "FILE", "cli.summary.restore", force_options, 1, 1, oko_cmd_restore);
COMMAND(completion, "completion", "bash|zsh", "cli.summary.completion", NULL, 1, 1, oko_cmd_completion);
COMMAND(help, "help", "[COMMAND]", "cli.summary.help", NULL, 0, -1, oko_cmd_help);
COMMAND(version, "version", "", "cli.summary.version", NULL, 0, 0, oko_cmd_version);

const oko_command *const oko_commands[] = {
    &import,
    &import_undo,
    &imports,
    &problems,
    &procedures,
    &procedures_list,
    &procedures_show,
    &procedures_add,
    &procedures_template,
    &units,
    &units_list,
    &units_import,
    &units_show,
    &units_alias,
    &units_confirm,
    &units_match,
    &units_merge,
    &analyze,
    &show_procedures,
    &show_procedure,
    &show_unit,
    &show_reference,
    &show_run,
    &findings,
    &signs,
    &report,
    &simulate,
    &demo,
    &persons,
    &pairs,
    &serve,
    &api,
    &roadmap_show,
    &roadmap_export,
    &roadmap_copy,
    &roadmap_seed,
    &event_list,
    &event_show,
    &event_add,
    &event_act,
    &event_link,
    &note_list,
    &note_show,
    &note_add,
    &note_act,
    &note_link,
    &note_export,
    &tasks,
    &user_add,
    &user_list,
    &user_disable,
    &user_reset,
    &user_invite,
    &token_add,
    &token_list,
    &token_remove,
    &audit_list,
    &audit_verify,
    &case_list,
    &case_show,
    &case_add,
    &case_act,
    &case_link,
    &case_make,
    &case_board,
    &case_escalate,
    &case_similar,
    &recommend_list,
    &recommend_show,
    &recommend_add,
    &recommend_act,
    &recommend_link,
    &recommend_seed,
    &recommend_advice,
    &recommend_letter,
    &measure_list,
    &measure_show,
    &measure_add,
    &measure_act,
    &measure_link,
    &measure_overview,
    &observe_list,
    &observe_show,
    &observe_add,
    &observe_act,
    &observe_link,
    &observe_schedule,
    &observe_reference,
    &recheck_list,
    &recheck_show,
    &recheck_add,
    &recheck_act,
    &recheck_link,
    &effect,
    &indicator_list,
    &indicator_check,
    &indicator_try,
    &indicator_seed,
    &indicator_copy,
    &indicator_act,
    &indicator_compute,
    &indicator_values,
    &indicator_trace,
    &indicator_publish,
    &campaign_list,
    &campaign_create,
    &campaign_open,
    &campaign_close,
    &campaign_reopen,
    &campaign_publish,
    &campaign_status,
    &campaign_late,
    &form_list,
    &form_show,
    &form_fill,
    &form_submit,
    &form_verify,
    &form_accept,
    &form_return,
    &form_substitute,
    &jobs_run,
    &db_info,
    &db_check,
    &backup,
    &restore,
    &completion,
    &help,
    &version,
    NULL,
};
