# The gateway as an image: a Java of its own modules, the gateway, a cache for its start, and the C library.
# No shell, no package manager, nothing to be written but /tmp and /var/lib/raic; user 65532.
#
#   docker build -t raic/gateway:0.1.0-SNAPSHOT .
#
# See docs/install.md. What can be checked without a container engine is checked by DockerfileTest and ImageIT.

FROM maven:3.9-eclipse-temurin-25 AS build

# What the gateway needs of Java. ImageIT starts it with these alone.
ARG JAVA_MODULES="\
java.base,java.compiler,java.datatransfer,java.desktop,java.instrument,java.logging,java.management,\
java.naming,java.net.http,java.prefs,java.scripting,java.security.jgss,java.security.sasl,java.sql,\
java.sql.rowset,java.transaction.xa,java.xml,java.xml.crypto,jdk.charsets,jdk.crypto.ec,\
jdk.httpserver,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,\
jdk.security.auth,jdk.unsupported,jdk.zipfs"

RUN jlink --add-modules "$JAVA_MODULES" --no-header-files --no-man-pages \
    --generate-cds-archive --output /opt/jre

WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -pl gateway-app -am package \
    -DskipTests -Dcyclonedx.skip -Djacoco.skip \
    && java -Djarmode=tools -jar gateway-app/target/gateway-app-*-boot.jar extract \
      --destination /opt/raic \
    && mv /opt/raic/gateway-app-*-boot.jar /opt/raic/raic.jar

# Java takes the cache only at the same place, with the same Java and the same options as in ENTRYPOINT.
# Machines that build images may be slow; an image that starts slowly would not be noticed.
RUN export JAVA_HOME=/opt/jre run=/opt/raic \
      raic_gateway_options="--enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector -XX:+UseG1GC" \
    && . .mvn/start-cache.sh \
    && raic_start_tenths=6000 raic_training_seconds=900 \
    && raic_train \
    && rm -f /opt/raic/start.key \
    && test -s /opt/raic/start.aot

# The C library, which is all that Java needs. Its old names are for libraries in jars.
RUN mkdir -p /rootfs/etc /rootfs/opt \
    && for name in libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1; do \
      ls /lib/*-linux-gnu/"$name"; done >/tmp/libraries \
    && ldd /opt/jre/bin/java /opt/jre/lib/server/libjvm.so \
      | sed -n 's/.*[[:space:]]\(\/lib[^ ]*\) (0x.*/\1/p' >>/tmp/libraries \
    && sort -u /tmp/libraries | xargs cp -L --parents -t /rootfs \
    && cp -a --parents /opt/jre /opt/raic /rootfs \
    && echo 'raic:x:65532:65532:RAIC gateway:/var/lib/raic:/sbin/nologin' >/rootfs/etc/passwd \
    && echo 'raic:x:65532:' >/rootfs/etc/group \
    && echo 'hosts: files dns' >/rootfs/etc/nsswitch.conf \
    && install -d -m 1777 /rootfs/tmp \
    && install -d -m 750 -o 65532 -g 65532 /rootfs/var/lib/raic

FROM scratch
LABEL org.opencontainers.image.title="RAIC gateway" \
      org.opencontainers.image.description="Encrypted, erasure-coded storage over several clouds" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0-SNAPSHOT"
COPY --from=build /rootfs/ /
ENV PATH=/opt/jre/bin \
    LC_ALL=C.UTF-8 \
    RAIC_DATA=/var/lib/raic
WORKDIR /opt/raic
USER 65532:65532
VOLUME /var/lib/raic
EXPOSE 3456 3457
STOPSIGNAL SIGTERM
# Performance data would show the command line, and a capability on it, in /tmp.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-XX:+UseG1GC", "-XX:AOTCache=/opt/raic/start.aot", "-Xlog:aot*=off", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=/tmp", "-jar", "/opt/raic/raic.jar"]
CMD ["serve"]
