# Ceph: a monitor, a store in memory, and its gateway, which speaks S3, and Swift
# to the user raic:swift with the secret key.
# S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET, four ports.
debian radosgw ceph-mon ceph-osd ceph-common curl uuid-runtime

make_state
gateway=${ports[0]} monitor=${ports[1]} old_monitor=${ports[2]}
mkdir -p "$state/run" "$state/mon" "$state/osd/0"
conf=$state/ceph.conf
cluster=$(uuidgen) store=$(uuidgen)
# Without keys of its own (cephx) this gateway hangs.
cat >"$conf" <<END
[global]
fsid = $cluster
mon host = [v2:127.0.0.1:$monitor/0,v1:127.0.0.1:$old_monitor/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind port min = ${ports[3]}
ms bind port max = $((ports[3] + 500))
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $state/keyring
run dir = $state/run
admin socket = $state/run/\$name.asok
log file = $state/log/ceph-\$name.log
mon data = $state/mon/\$id
mon data avail crit = 1
mon data avail warn = 2
mon allow pool size one = true
osd data = $state/osd/\$id
osd objectstore = memstore
memstore device bytes = 2147483648
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd class load list = *
osd class default list = *
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:$gateway
rgw thread pool size = 32
END

key() {
  logged setup ceph-authtool "$state/keyring" --gen-key "$@"
}
logged setup ceph-authtool --create-keyring "$state/keyring" --gen-key -n mon. --cap mon 'allow *'
key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
key -n client.rgw.a --cap mon 'allow rwx' --cap osd 'allow rwx'
key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd'
logged setup monmaptool --create --fsid "$cluster" \
  --addv a "[v2:127.0.0.1:$monitor,v1:127.0.0.1:$old_monitor]" --clobber "$state/monmap"
logged setup ceph-mon -c "$conf" -i a --mkfs --monmap "$state/monmap" --keyring "$state/keyring"
spawn monitor ceph-mon -c "$conf" -i a -f
until_true monitor listens "$monitor"

logged setup timeout 60 ceph -c "$conf" osd new "$store"
logged setup ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$store" --osd-objectstore memstore
spawn store ceph-osd -c "$conf" -i 0 -f
store_is_up() {
  timeout 10 ceph -c "$conf" osd stat 2>/dev/null | grep -q '1 up'
}
until_true store store_is_up

logged setup timeout 120 radosgw-admin -c "$conf" -n client.rgw.a user create --uid=raic \
  --display-name=raic "--access-key=$S3_ACCESS_KEY" "--secret-key=$S3_SECRET_KEY"
logged setup timeout 120 radosgw-admin -c "$conf" -n client.rgw.a subuser create --uid=raic \
  --subuser=raic:swift --access=full --key-type=swift "--secret=$S3_SECRET_KEY"
spawn gateway radosgw -c "$conf" -n client.rgw.a -f
until_true gateway answers "$gateway"
# The bucket is made through its Swift, which needs no signature.
url=http://127.0.0.1:$gateway
logged setup curl -sS --fail -D "$state/header" -o /dev/null -H 'X-Auth-User: raic:swift' \
  -H "X-Auth-Key: $S3_SECRET_KEY" "$url/auth/v1.0"
token=$(tr -d '\r' <"$state/header" | sed -n 's/^X-Auth-Token: //Ip')
logged setup curl -sS --fail -X PUT -H "X-Auth-Token: $token" "$url/swift/v1/$S3_BUCKET"
ready "PORT=$gateway"
