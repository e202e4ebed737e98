/* oko completion bash|zsh: a script made from the table of commands. */
#include "cli/cli.h"

#include <string.h>

static void print_names(const oko_option *options)
{
    for (const oko_option *o = options; o != NULL && o->name != NULL; o++)
        printf(" --%s", o->name);
}

/* Does this command begin with the n bytes `prefix`, followed by another word? */
static bool goes_on(const char *name, const char *prefix, size_t n)
{
    return strncmp(name, prefix, n) == 0 && (n == 0 || name[n] == ' ');
}

/* The words that may follow `prefix` (n bytes, "" = the first word), each once. */
static void print_words(const char *prefix, size_t n)
{
    const char *last = "";
    size_t last_len = 0;
    for (const oko_command *const *c = oko_commands; *c != NULL; c++) {
        if (!goes_on((*c)->name, prefix, n))
            continue;
        const char *word = (*c)->name + (n > 0 ? n + 1 : 0);
        size_t len = strcspn(word, " ");
        if (len == last_len && strncmp(word, last, len) == 0)
            continue;
        printf(" %.*s", (int)len, word);
        last = word;
        last_len = len;
    }
}

/* One branch of the script's case for each beginning of a command. */
static void print_branch(const char *name, size_t n)
{
    char exact[64];
    snprintf(exact, sizeof(exact), "%.*s", (int)n, name);
    const oko_command *command = oko_cli_find(exact);
    printf("    \"%s\") words=\"", exact);
    print_words(name, n);
    printf("\"; options=\"");
    print_names(command != NULL ? command->options : NULL);
    printf("\" ;;\n");
}

static bool seen_before(size_t index, const char *prefix, size_t n)
{
    for (size_t i = 0; i < index; i++) {
        if (strncmp(oko_commands[i]->name, prefix, n) == 0 &&
            (oko_commands[i]->name[n] == ' ' || oko_commands[i]->name[n] == '\0'))
            return true;
    }
    return false;
}

static void print_cases(void)
{
    for (size_t i = 0; oko_commands[i] != NULL; i++) {
        const char *name = oko_commands[i]->name;
        for (size_t n = 1; n <= strlen(name); n++) {
            if ((name[n] == ' ' || name[n] == '\0') && !seen_before(i, name, n))
                print_branch(name, n);
        }
    }
}

static const char bash_head[] =
    "# oko: completion for bash; load it with: source <(oko completion bash)\n"
    "_oko()\n"
    "{\n"
    "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"\" words=\"\" "
    "options=\"\"\n"
    "  local i next\n"
    "  _oko_lookup \"\"\n"
    "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "    next=\"${COMP_WORDS[i]}\"\n"
    "    case \"$next\" in\n"
    "      --db|--lang) ((i++)); continue ;;\n"
    "      -*) continue ;;\n"
    "    esac\n"
    "    [[ \" $words \" == *\" $next \"* ]] || break\n"
    "    command=\"${command:+$command }$next\"\n"
    "    _oko_lookup \"$command\"\n"
    "  done\n"
    "  case \"$prev\" in\n"
    "    --lang) COMPREPLY=($(compgen -W \"ru en\" -- \"$cur\")); return ;;\n"
    "    --level) COMPREPLY=($(compgen -W \"region municipality school class\" -- \"$cur\")); return ;;\n"
    "    --format) COMPREPLY=($(compgen -W \"html xlsx html,xlsx csv json\" -- \"$cur\")); return ;;\n"
    "    --only) COMPREPLY=($(compgen -W \"attention signs strong\" -- \"$cur\")); return ;;\n"
    "    --db|--out|--xlsx) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
    "    completion) words=\"bash zsh\" ;;\n"
    "  esac\n"
    "  if [[ \"$cur\" == -* ]]; then\n"
    "    COMPREPLY=($(compgen -W \"$options $global\" -- \"$cur\"))\n"
    "  else\n"
    "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
    "    [[ ${#COMPREPLY[@]} -gt 0 || -z \"$command\" ]] || COMPREPLY=($(compgen -f -- \"$cur\"))\n"
    "  fi\n"
    "}\n";

static void print_lookup(void)
{
    printf("_oko_lookup()\n{\n  global=\"");
    print_names(oko_global_options);
    printf("\"\n  case \"$1\" in\n    \"\") words=\"");
    print_words("", 0);
    printf("\"; options=\"\" ;;\n");
    print_cases();
    printf("    *) words=\"\"; options=\"\" ;;\n  esac\n}\n");
}

oko_status oko_cmd_completion(oko_cli *cli, oko_error *err)
{
    const char *shell = cli->argv[0];
    bool zsh = strcmp(shell, "zsh") == 0;
    if (!zsh && strcmp(shell, "bash") != 0) {
        oko_status status = oko_error_set(err, OKO_E_ARGUMENT, "cli.bad_shell", "");
        oko_error_arg(err, "%s", shell);
        return status;
    }
    if (zsh)
        fputs("#compdef oko\nautoload -U +X bashcompinit && bashcompinit\n", stdout);
    print_lookup();
    fputs(bash_head, stdout);
    fputs("complete -o filenames -F _oko oko\n", stdout);
    return OKO_OK;
}
