# Azurite, which speaks Azure's blobs. One port.
version=3.37.0
home=$cache/azurite-$version
command=$home/node_modules/.bin/azurite-blob

install_azurite() {
  [[ ! -x $command ]] || return 0
  command -v npm >/dev/null || is_absent "Azurite comes from npm, and there is no npm"
  rm -rf "$home.part"
  mkdir -p "$home.part"
  echo '{"private":true}' >"$home.part/package.json"
  # No package's own scripts are run: none of them is needed.
  if ! npm --prefix "$home.part" install --ignore-scripts --no-audit --no-fund "azurite@$version" \
    </dev/null >"$cache/npm.log" 2>&1; then
    tail -n 5 "$cache/npm.log" >&2
    is_absent "Azurite $version could not be installed by npm"
  fi
  rm -rf "$home"
  mv "$home.part" "$home"
}
command -v node >/dev/null || is_absent "Azurite needs Node.js, and there is no node"
[[ -x $command ]] || installing install_azurite

make_state
# The SDK may speak a newer version of the protocol than the server has heard of.
spawn azurite node "$command" --blobHost 127.0.0.1 --blobPort "${ports[0]}" --location "$state/data" \
  --skipApiVersionCheck --disableTelemetry
until_true azurite answers "${ports[0]}"
ready "PORT=${ports[0]}"
