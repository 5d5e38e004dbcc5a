# Sourced by mvnw, raic and .ci/run (POSIX sh): raic_find_jdk exports JAVA_HOME as the home of a
# JDK 25, or returns 1 after one line on standard error.

# True if directory $1 is the home of a JDK 25: its release file says so, without starting Java.
raic_is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r raic_line; do
    case $raic_line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# The home of the java on the path, which may be a link or, on macOS, a program that finds one.
raic_home_of_path_java() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p'
}

raic_find_jdk() {
  # Services run without a home; without one these name nothing that is there.
  raic_user=${HOME:-/nonexistent}
  for raic_home in "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/* "$raic_user"/.sdkman/candidates/java/* "$raic_user"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if raic_is_jdk "$raic_home"; then
      export JAVA_HOME="$raic_home"
      return 0
    fi
  done
  # Last, because it takes a start of Java to ask.
  raic_home=$(raic_home_of_path_java)
  if raic_is_jdk "$raic_home"; then
    export JAVA_HOME="$raic_home"
    return 0
  fi
  echo "${0##*/}: no JDK 25 found: install one (package openjdk-25-jdk or temurin-25-jdk), or set" \
    "JAVA_HOME to it; looked at JAVA_HOME (${JAVA_HOME:-not set}), /usr/lib/jvm, /opt," \
    "~/.sdkman/candidates/java, ~/.jdks, /Library/Java/JavaVirtualMachines and the java on the path" >&2
  return 1
}
