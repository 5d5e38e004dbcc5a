# S3Proxy, which speaks S3 over a directory. S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET, one port.
version=4.1.0
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
jar=$cache/s3proxy/s3proxy-$version-jar-with-dependencies.jar

fetch_jar() {
  [[ ! -s $jar ]] || return 0
  local mvn part=$cache/s3proxy/part
  # Where there is no Maven, the project's wrapper has unpacked one.
  mvn=$(command -v mvn || find "$HOME/.m2/wrapper" -path '*/bin/mvn' 2>/dev/null | tail -n 1)
  [[ -n $mvn ]] || is_absent "S3Proxy comes from Maven, and there is no mvn"
  mkdir -p "$part"
  if ! (cd "$part" && "$mvn" -B -q "$plugin:copy" -DoutputDirectory=. \
    "-Dartifact=org.gaul:s3proxy:$version:jar:jar-with-dependencies" </dev/null >mvn.log 2>&1); then
    tail -n 5 "$part/mvn.log" >&2
    is_absent "S3Proxy $version could not be fetched by Maven"
  fi
  mv "$part/${jar##*/}" "$jar"
}
[[ -s $jar ]] || installing fetch_jar

make_state
mkdir "$state/data"
# What others may read is public to it.
mkdir -m 700 "$state/data/$S3_BUCKET"
cat >"$state/s3proxy.properties" <<END
s3proxy.endpoint=http://127.0.0.1:${ports[0]}
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$S3_ACCESS_KEY
s3proxy.credential=$S3_SECRET_KEY
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$state/data
jclouds.identity=unused
jclouds.credential=unused
END
spawn s3proxy "${JAVA:-java}" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
  -DLOG_LEVEL=warn -DJETTY_LOG_LEVEL=warn -jar "$jar" --properties "$state/s3proxy.properties"
until_true s3proxy answers "${ports[0]}"
ready "PORT=${ports[0]}"
