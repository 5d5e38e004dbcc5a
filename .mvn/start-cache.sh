# Sourced by raic (POSIX sh). Java starts a gateway in less than half the time if it finds the
# gateway's classes in a cache (an "AOT cache"), which it writes when such a gateway ends. Wants
# JAVA_HOME, run (where raic.jar is) and raic_gateway_options (what Java is told for a gateway).
# See docs/performance.md.
# shellcheck shell=sh disable=SC2154 # whoever sources it sets these

# How long a gateway may take to start, and how long all of the training.
raic_start_tenths=600
raic_training_seconds=120

# What a cache fits besides the jars: the place of these, Java, and its options.
raic_cache_key() {
  echo "$run"
  echo "$raic_gateway_options"
  cat "$JAVA_HOME/release"
}

# True if training was tried for what is there now, whether or not a cache came of it.
raic_is_trained() {
  [ -f "$run/start.key" ] && [ "$(cat "$run/start.key")" = "$(raic_cache_key)" ]
}

# True for options of Java under which the cache is of use. One that changes how objects are laid
# out, such as another kind of collector, would make Java give up even the cache of its own classes.
raic_cache_fits() {
  for raic_option in "$@"; do
    case $raic_option in
      -D* | -Xlog* | -Xss* | -XX:+HeapDumpOnOutOfMemoryError | -XX:HeapDumpPath=* | \
        -XX:+ExitOnOutOfMemoryError | -XX:MaxDirectMemorySize=* | -XX:ActiveProcessorCount=*) ;;
      # From 32 GB on objects are laid out in another way.
      -Xm[sx]*[!0-9kKmMgG]* | -Xm[sx]??????*) return 1 ;;
      -Xm[sx]*[kKmM] | -Xm[sx][0-9][gG] | -Xm[sx][12][0-9][gG]) ;;
      *) return 1 ;;
    esac
  done
}

# True if there is a cache that Java would take.
raic_has_cache() {
  # shellcheck disable=SC2086 # options are words
  [ -f "$run/start.aot" ] && raic_is_trained &&
    raic_cache_fits ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${RAIC_JAVA_OPTS:-}
}

# Runs a command that asks the gateway which is trained.
raic_train_client() {
  env -i PATH="$PATH" LC_ALL=C.UTF-8 "$JAVA_HOME/bin/java" -XX:+UseSerialGC \
    -XX:TieredStopAtLevel=1 -jar "$run/raic.jar" "$@" --url "$raic_url" --timeout 10 2>/dev/null
}

# Starts a gateway in the directory $1, uses it, ends it, and waits for the cache $1/start.aot.
# It has its own data and port, and nothing of the environment: no provider and no credential.
raic_train_in() {
  : >"$1/output"
  (
    cd "$1" || exit
    # shellcheck disable=SC2086 # options are words
    exec env -i PATH="$PATH" LC_ALL=C.UTF-8 "$JAVA_HOME/bin/java" $raic_gateway_options \
      "-Djava.io.tmpdir=$1" "-XX:AOTCacheOutput=$1/start.aot" \
      -jar "$run/raic.jar" serve --port 0 --data "$1/data"
  ) >"$1/output" 2>&1 9>&- &
  raic_gateway=$!
  # Ends it even if nobody waits any more.
  (
    trap 'kill "$raic_sleep"; exit' TERM
    sleep "$raic_training_seconds" &
    raic_sleep=$!
    wait "$raic_sleep"
    kill -9 "$raic_gateway"
  ) >/dev/null 2>&1 9>&- &
  raic_guard=$!
  trap 'kill -9 "$raic_gateway"; kill "$raic_guard"; rm -rf "$raic_place"; exit 1' HUP INT TERM
  raic_tenths=0
  until grep -q 'listening on http' "$1/output"; do
    raic_tenths=$((raic_tenths + 1))
    if [ "$raic_tenths" -gt "$raic_start_tenths" ] || ! kill -0 "$raic_gateway" 2>/dev/null; then
      break
    fi
    sleep 0.1
  done
  # What transfers need is worth having too; without it the cache is good for the start alone.
  raic_url=$(sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$1/output")
  if [ -n "$raic_url" ] && raic_cap=$(raic_train_client put "$run/raic.jar"); then
    raic_train_client get -o /dev/null "$raic_cap" || :
  fi
  kill -TERM "$raic_gateway" 2>/dev/null || :
  wait "$raic_gateway" 2>/dev/null || :
  kill "$raic_guard" 2>/dev/null || :
  trap - HUP INT TERM
  # It must be one that Java takes: with this mode it ends if it does not.
  # shellcheck disable=SC2086 # options are words
  env -i PATH="$PATH" "$JAVA_HOME/bin/java" $raic_gateway_options "-XX:AOTCache=$1/start.aot" \
    -XX:AOTMode=on -jar "$run/raic.jar" --version >/dev/null 2>&1
}

# Makes the cache $run/start.aot. Without it a gateway works as well, so nothing here is an error.
raic_train() {
  echo "raic: preparing for faster starts" >&2
  rm -f "$run/start.aot"
  if raic_place=$(mktemp -d "$run/training.XXXXXX"); then
    if raic_train_in "$raic_place" && mv "$raic_place/start.aot" "$run/start.aot"; then
      :
    else
      echo "raic: that did not work: the gateway will take a few seconds longer to start" >&2
    fi
    rm -rf "$raic_place"
  fi
  raic_cache_key >"$run/start.key" || :
}
