#include "http/routes/routes.h"

const oko_route *const oko_routes[] = {
    oko_routes_system,   oko_routes_session,      oko_routes_users,    oko_routes_units,
    oko_routes_imports,  oko_routes_jobs,         oko_routes_files,    oko_routes_audit,
    oko_routes_records,  oko_routes_indicators,   oko_routes_values,   oko_routes_campaigns,
    oko_routes_cases,    oko_routes_letters,      oko_routes_roadmap,  oko_routes_runs,
    oko_routes_explain,  oko_routes_data,         oko_routes_register, oko_routes_matching,
    oko_routes_backups,  oko_routes_distribution, oko_routes_trial,    oko_routes_tables,
    oko_routes_map,      oko_routes_reports,      oko_routes_setup,    oko_routes_people_list,
    oko_routes_search,   oko_routes_pictures,     oko_routes_how,      oko_routes_items,
    oko_routes_coverage, oko_routes_unit_pages,   oko_routes_packs,    NULL,
};
