# Installs what is missing of packaging/packages.txt. Sourced by ./start and ./check; Debian 12 and relatives.
# shellcheck shell=bash

# Names of the list: the part above "#check" for "start", all of it for "check".
package_names() {
    local part=$1
    while IFS= read -r line; do
        [[ $part == start && $line == "#check" ]] && break
        line=${line%%#*}
        line=${line//[[:space:]]/}
        [[ -n $line ]] && printf '%s\n' "$line"
    done < packaging/packages.txt
    return 0
}

# Node 18 or newer with npm, from wherever it came. The package nodejs of other origins holds npm, and Debian's npm would
# throw it out.
usable_node() {
    local version
    version=$(node --version 2>/dev/null) && version=${version#v} && [[ ${version%%.*} -ge 18 ]] && npm --version >/dev/null 2>&1
}

missing_packages() {
    local name state
    while IFS= read -r name; do
        [[ $name == nodejs || $name == npm ]] && usable_node && continue
        state=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)
        [[ $state == installed ]] || printf '%s\n' "$name"
    done < <(package_names "$1")
}

# apt-get as root, or through sudo.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}

# install_packages start|check: does nothing when nothing is missing. Returns 1 with a message when it can't.
install_packages() {
    local -a names
    mapfile -t names < <(missing_packages "$1")
    [[ ${#names[@]} -eq 0 ]] && return 0
    if ! command -v apt-get >/dev/null; then
        echo "Нет apt-get. Установите эти пакеты сами и повторите с --no-install: ${names[*]}" >&2
        echo "There is no apt-get. Install these packages yourself, then use --no-install." >&2
        return 1
    fi
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        echo "Не хватает пакетов, для установки нужны права администратора. Выполните от root и повторите:" >&2
        echo "Packages are missing, and root is needed to install them. Run as root, then try again:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends ${names[*]}" >&2
        return 1
    fi
    echo "Устанавливаю пакеты / installing packages: ${names[*]}"
    local log
    log=$(mktemp)
    local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${names[@]}")
    if ! as_root "${apt[@]}" >"$log" 2>&1; then
        # The lists may be old or absent: only now are they fetched.
        as_root apt-get update -q >>"$log" 2>&1 || true
        if ! as_root "${apt[@]}" >>"$log" 2>&1; then
            tail -n 15 "$log" >&2
            rm -f "$log"
            return 1
        fi
    fi
    rm -f "$log"
}
