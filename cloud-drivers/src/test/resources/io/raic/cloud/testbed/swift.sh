# OpenStack Swift with one copy of everything. Seven ports.
#
# SWIFT_CONTAINER: is made. SWIFT_TOKEN_SECONDS: life of a token.
# SWIFT_ACCOUNT_RATE: writes a second that an account may make, 0 for any number.
# SWIFT_MAX_SLEEP_SECONDS: how long the server delays a request beyond that before it refuses it.
# SWIFT_KEYSTONE=yes: Keystone, and a second proxy that takes its tokens.
#
# TempAuth: account "test", user "tester" with all rights, user "reader" with none.
# Keystone: project "raic", user "raic", domain "Default", region "RegionOne".
debian swift-proxy swift-account swift-container swift-object memcached curl attr
if [[ ${SWIFT_KEYSTONE:-} == yes ]]; then
  debian keystone python3-keystonemiddleware
fi
# Debian's own: another python3 on the PATH lacks its packages.
python=/usr/bin/python3
token_seconds=${SWIFT_TOKEN_SECONDS:-86400}
proxy=${ports[0]} objects=${ports[1]} containers=${ports[2]} accounts=${ports[3]}
memcached=${ports[4]} keystone_proxy=${ports[5]} keystone=${ports[6]}

takes_attributes() {
  touch "$state/try" && setfattr -n user.swift.test -v 1 "$state/try" 2>/dev/null
}
# Swift keeps what it knows of an object in attributes of its file, which not every disk has.
make_state
if ! takes_attributes; then
  rm -rf "$state"
  make_state "$cache"
  takes_attributes || is_absent "neither ${TMPDIR:-/tmp} nor $cache takes extended attributes"
fi
etc=$state/etc
mkdir -p "$etc" "$state/node/d1" "$state/cache"

cat >"$etc/swift.conf" <<END
[swift-hash]
swift_hash_path_suffix = raic
[storage-policy:0]
name = gold
default = yes
END
# swift.conf is looked for in /etc/swift only, unless somebody says so from inside.
cat >"$state/serve.py" <<'END'
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3]))
END
serve() {
  spawn "$1" $python "$state/serve.py" "$etc" "$etc/$1.conf" "$2"
}

settings="bind_ip = 127.0.0.1
workers = 0
user = $(id -un)
swift_dir = $etc
devices = $state/node
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
recon_cache_path = $state/cache
log_level = WARNING
log_address = $state/nolog"

make_ring() { # KIND PORT
  (
    cd "$etc"
    swift-ring-builder "$1.builder" create 4 1 0
    swift-ring-builder "$1.builder" add "r1z1-127.0.0.1:$2/d1" 1
    # 1 is a warning.
    swift-ring-builder "$1.builder" rebalance || (($? == 1))
  )
}
node_server() { # KIND PORT
  logged rings make_ring "$1" "$2"
  cat >"$etc/$1-server.conf" <<END
[DEFAULT]
$settings
bind_port = $2
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$memcached
END
}

filters="[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$memcached
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:ratelimit]
use = egg:swift#ratelimit
account_ratelimit = ${SWIFT_ACCOUNT_RATE:-0}
max_sleep_time_seconds = ${SWIFT_MAX_SLEEP_SECONDS:-60}
[filter:copy]
use = egg:swift#copy
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
[filter:symlink]
use = egg:swift#symlink"
proxy_server() { # NAME PORT FILTERS-OF-AUTHENTICATION
  cat >"$etc/$1.conf" <<END
[DEFAULT]
$settings
bind_port = $2
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk ratelimit $3 copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-server
$filters
END
  cat >>"$etc/$1.conf"
}

spawn memcached memcached -u "$(id -un)" -l 127.0.0.1 -p "$memcached" -m 16 -U 0
until_true memcached listens "$memcached"
node_server account "$accounts"
node_server container "$containers"
node_server object "$objects"
proxy_server tempauth "$proxy" tempauth <<END
[filter:tempauth]
use = egg:swift#tempauth
storage_url_scheme = http
token_life = $token_seconds
user_test_tester = testing .admin
user_test_reader = reading
END
for kind in account container object; do
  serve "$kind-server" "$kind-server"
done
serve tempauth proxy-server
until_true account-server listens "$accounts"
until_true container-server listens "$containers"
until_true object-server listens "$objects"
until_true tempauth answers "$proxy" /healthcheck

make_container() { # STORAGE-URL TOKEN
  logged container curl -sS --fail -X PUT -H "X-Auth-Token: $2" "$1/$SWIFT_CONTAINER"
}
header() { # NAME, from the header file
  tr -d '\r' <"$state/header" | sed -n "s/^$1: //Ip"
}
logged container curl -sS --fail -D "$state/header" -o /dev/null -H 'X-Auth-User: test:tester' \
  -H 'X-Auth-Key: testing' "http://127.0.0.1:$proxy/auth/v1.0"
make_container "$(header X-Storage-Url)" "$(header X-Auth-Token)"
facts=("PROXY=$proxy" "MEMCACHED=$memcached" "STATE=$state")

# Makes the users, and an application credential, whose id and secret become facts.
write_users() {
  cat >"$state/users.py" <<'END'
import json, sys, urllib.request
url, port, file = sys.argv[1:]
token = ''
def call(method, path, body=None):
    request = urllib.request.Request(
        url + path, method=method, data=json.dumps(body).encode() if body else None,
        headers={'Content-Type': 'application/json', 'X-Auth-Token': token})
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
        return answer.headers, json.loads(text) if text else {}
def log_in(name, password):
    domain = {'id': 'default'}
    user = {'name': name, 'domain': domain, 'password': password}
    headers, _ = call('POST', '/auth/tokens', {'auth': {
        'identity': {'methods': ['password'], 'password': {'user': user}},
        'scope': {'project': {'name': name, 'domain': domain}}}})
    return headers['X-Subject-Token']
def make(kind, **what):
    return call('POST', f'/{kind}s', {kind: what})[1][kind]['id']
def grant(project, user, role):
    call('PUT', f'/projects/{project}/users/{user}/roles/{role}')
token = log_in('admin', 'adminpass')
roles = {role['name']: role['id'] for role in call('GET', '/roles')[1]['roles']}
make('region', id='RegionTwo')
service = make('service', name='swift', type='object-store')
for interface in 'public', 'internal':
    for region, where in ('RegionOne', port), ('RegionTwo', 9):
        make('endpoint', service_id=service, interface=interface, region_id=region,
             url=f'http://127.0.0.1:{where}/v1/AUTH_%(tenant_id)s')
project = make('project', name='service', domain_id='default')
grant(project, make('user', name='swift', domain_id='default', password='swiftpass'), roles['admin'])
project = make('project', name='raic', domain_id='default')
user = make('user', name='raic', domain_id='default', password='raicpass')
grant(project, user, roles['member'])
token = log_in('raic', 'raicpass')
credential = call('POST', f'/users/{user}/application_credentials', {
    'application_credential': {'name': 'raic-key'}})[1]['application_credential']
with open(file, 'w') as out:
    print(credential['id'], credential['secret'], token, project, file=out)
END
}

start_keystone() {
  local home=$state/keystone url=http://127.0.0.1:$keystone/v3
  mkdir -p "$home/domains"
  mkdir -m 700 "$home/fernet" "$home/cred"
  cat >"$home/keystone.conf" <<END
[DEFAULT]
log_dir = $state/log
log_file = keystone-app.log
[database]
connection = sqlite:///$home/keystone.db
[token]
provider = fernet
expiration = $token_seconds
allow_expired_window = 0
[fernet_tokens]
key_repository = $home/fernet
[fernet_receipts]
key_repository = $home/fernet
[credential]
key_repository = $home/cred
[identity]
domain_config_dir = $home/domains
password_hash_rounds = 4
[cache]
enabled = false
END
  export OS_KEYSTONE_CONFIG_FILES=$home/keystone.conf OS_KEYSTONE_CONFIG_DIR=$home
  local manage=(logged keystone-manage $python /usr/bin/keystone-manage --config-file "$home/keystone.conf")
  "${manage[@]}" db_sync
  # Or a commit fails while the same request still holds a read.
  logged keystone-manage $python -c \
    'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA journal_mode=WAL")' \
    "$home/keystone.db"
  "${manage[@]}" fernet_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)"
  "${manage[@]}" credential_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)"
  "${manage[@]}" bootstrap --bootstrap-password adminpass --bootstrap-region-id RegionOne \
    --bootstrap-admin-url "$url" --bootstrap-internal-url "$url" --bootstrap-public-url "$url"
  spawn keystone $python /usr/bin/keystone-wsgi-public --host 127.0.0.1 --port "$keystone"
  until_true keystone answers "$keystone" /v3
  write_users
  logged keystone-users $python "$state/users.py" "$url" "$keystone_proxy" "$home/credential"
  proxy_server keystone-proxy "$keystone_proxy" "authtoken keystoneauth" <<END
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
www_authenticate_uri = $url
auth_url = $url
auth_type = password
project_domain_id = default
user_domain_id = default
project_name = service
username = swift
password = swiftpass
delay_auth_decision = true
cache = swift.cache
token_cache_time = 300
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member
END
  serve keystone-proxy proxy-server
  until_true keystone-proxy answers "$keystone_proxy" /healthcheck
  local id secret token project
  read -r id secret token project <"$home/credential"
  make_container "http://127.0.0.1:$keystone_proxy/v1/AUTH_$project" "$token"
  facts+=("KEYSTONE=$keystone" "KEYSTONE_PROXY=$keystone_proxy" "CREDENTIAL_ID=$id" "CREDENTIAL_SECRET=$secret")
}
if [[ ${SWIFT_KEYSTONE:-} == yes ]]; then
  start_keystone
fi
ready "${facts[@]}"
