# What up, spike and the benchmark share: the tools are there, what is run is built, then Java takes over.
# shellcheck shell=bash

refuse() {
    echo "deploy/local/${0##*/}: $*" >&2
    exit 1
}

# at_least 3.8.6 3.9.11: is the second version the first or newer?
at_least() {
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$1" ]
}

require_java() {
    java=java
    [ -z "${JAVA_HOME:-}" ] || java="$JAVA_HOME/bin/java"
    command -v "$java" >/dev/null || refuse "no Java found; install a JDK from 17, or set JAVA_HOME to one"
    local version
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || refuse "$(command -v "$java") is Java ${version:-unknown}; a JDK from 17 is needed"
}

require_maven() {
    [ -x "$(dirname "$(command -v "$java")")/javac" ] || command -v javac >/dev/null ||
        refuse "there is something to build, but no javac: install a JDK from 17, not only a JRE"
    command -v mvn >/dev/null || refuse "there is something to build, but no Maven; install it from 3.8.6"
    local version
    version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    at_least 3.8.6 "${version:-0}" || refuse "Maven ${version:-unknown} is too old; 3.8.6 or newer is needed"
}

# stale <artifact> <source>...: is the artifact missing or older than a source?
stale() {
    local artifact=$1
    shift
    [ ! -e "$artifact" ] || [ -n "$(find "$@" -type f -newer "$artifact" -print -quit)" ]
}

# The modules to build, and in $built what a build of each leaves behind.
find_stale() {
    modules=() built=()
    if stale deploy/local/target/classpath pom.xml deploy/{stack,local}/pom.xml deploy/{stack,local}/src/main; then
        modules+=(deploy/local) built+=(deploy/local/target/classpath)
    fi
    case "$* " in
        *Spike* | *" --infra "*) return ;;
    esac
    local service
    for service in catalog order payout; do
        local jar=$service-service/target/quarkus-app/quarkus-run.jar
        if stale "$jar" pom.xml "$service-service/pom.xml" "$service-service/src/main"; then
            modules+=("$service-service") built+=("$jar")
        fi
    done
}

build() {
    require_maven
    local log=deploy/local/target/build.log
    mkdir -p deploy/local/target
    echo "Building ${modules[*]} (log: $log)"
    SECONDS=0
    # The services need the stack for their tests only, which do not run here; and nothing of this is shipped.
    mvn -B -pl "$(IFS=,; echo "${modules[*]}")" -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -Dquarkus.dependency.sbom.skip=true package \
        > >(tee "$log" | show_build) 2>&1 &
    local maven=$!
    trap 'kill $maven 2>/dev/null; exit 130' INT TERM
    wait $maven || { last_lines "$log" >&2; refuse "the build failed, see $log"; }
    trap - INT TERM
    touch "${built[@]}"
    echo "  built in $SECONDS s"
}

# The end of the log; where Maven names what failed, from there.
last_lines() {
    { grep -A 20 -m 1 'Failed to execute goal' "$1" || tail -n 20 "$1"; } | cut -c 1-300
}

# One line per module with its place; on a terminal also the seconds and the downloads of a first build.
show_build() {
    local line module='' downloads=0
    while IFS= read -r line; do
        case $line in
            *"Downloaded from"*) downloads=$((downloads + 1)) ;;
            *"Building Live Sale"*) module=${line#*Building } && [ -t 1 ] || echo "  $module" ;;
            *) continue ;;
        esac
        [ ! -t 1 ] || printf '\r\033[K  %s  %d s, %d files downloaded' "$module" "$SECONDS" "$downloads"
    done
    [ ! -t 1 ] || printf '\r\033[K'
}

launch() {
    local main=$1 argument caller=$PWD
    shift
    for argument in "$@"; do
        case $argument in
            -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "$0"; exit ;;
        esac
    done
    cd "$(dirname "${BASH_SOURCE[0]}")/../.."
    require_java
    find_stale "$main" "$@"
    [ ${#modules[@]} -eq 0 ] || build
    local terminal=false
    [ ! -t 1 ] || terminal=true
    # A storm is over before the optimizing compiler has earned its keep, and would pay for it with the system's cores.
    local options=(-Xmx512m)
    case $main in
        *Spike) options+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC) ;;
    esac
    exec "$java" "${options[@]}" -Dlivesale.terminal=$terminal "-Dlivesale.caller=$caller" \
        -cp "deploy/local/target/classes:$(cat deploy/local/target/classpath)" "$main" "$@"
}
