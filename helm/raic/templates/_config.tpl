{{/* The gateway's configuration file, without any credential. */}}
{{- define "raic.config" -}}
{{- $v := .Values -}}
{{- $auth := dict "mode" $v.gateway.auth.mode -}}
{{- if $v.gateway.auth.openAnywhere -}}
{{- $_ := set $auth "open-anywhere" true -}}
{{- end -}}
{{- $admin := dict "enabled" $v.gateway.admin.enabled -}}
{{- with $v.gateway.admin.oidc -}}
{{- if .issuer -}}
{{- $_ := set $admin "oidc" (dict "issuer" .issuer "client-id" .clientId "client-secret-file" "/etc/raic/secrets/oidc/client-secret") -}}
{{- end -}}
{{- end -}}
{{- $raic := dict
  "address" "0.0.0.0"
  "port" 3456
  "data" "/var/lib/raic"
  "needed" (int $v.gateway.needed)
  "total" (int $v.gateway.total)
  "auth" $auth
  "admin" $admin
  "management" (dict "address" "0.0.0.0" "port" 3457)
  "shutdown" (dict "grace" (printf "%ds" (int $v.gateway.grace)))
  "log" (dict "format" $v.gateway.logFormat) -}}
{{- if $v.gateway.happy -}}
{{- $_ := set $raic "happy" (int $v.gateway.happy) -}}
{{- end -}}
{{- if $v.gateway.hostNames -}}
{{- $_ := set $raic "host-names" $v.gateway.hostNames -}}
{{- end -}}
{{- if $v.gateway.tracingEndpoint -}}
{{- $_ := set $raic "tracing" (dict "endpoint" $v.gateway.tracingEndpoint) -}}
{{- end -}}
{{- if $v.tls.existingSecret -}}
{{- $_ := set $raic "tls" (dict "certificate" "/etc/raic/secrets/tls/tls.crt" "key" "/etc/raic/secrets/tls/tls.key") -}}
{{- end -}}
{{- if $v.database.url -}}
{{- $database := dict "url" $v.database.url -}}
{{- if $v.database.username -}}
{{- $_ := set $database "username" $v.database.username -}}
{{- end -}}
{{- if $v.database.existingSecret -}}
{{- $_ := set $database "password-file" "/etc/raic/secrets/database/password" -}}
{{- end -}}
{{- $_ := set $raic "database" $database -}}
{{- end -}}
{{- $providers := list -}}
{{- range $index, $provider := $v.providers -}}
{{- $providers = append $providers (include "raic.provider" (dict "index" $index "provider" $provider) | fromYaml) -}}
{{- end -}}
{{- if $providers -}}
{{- $_ := set $raic "providers" $providers -}}
{{- end -}}
{{- dict "raic" (mergeOverwrite $raic (deepCopy $v.gateway.settings)) | toYaml -}}
{{- end -}}

{{/* One provider as the gateway wants it; its secrets as names of files or variables. */}}
{{- define "raic.provider" -}}
{{- $index := .index -}}
{{- $p := .provider -}}
{{- $made := mergeOverwrite (dict "id" $p.id "type" $p.type) (deepCopy (default dict $p.settings)) -}}
{{- range $key := list "operator" "jurisdiction" "limits" "prices" -}}
{{- with get $p $key -}}
{{- $_ := set $made $key . -}}
{{- end -}}
{{- end -}}
{{- range $p.secrets -}}
{{- if eq (default "file" .as) "file" -}}
{{- $_ := set $made (printf "%s-file" .setting) (printf "/etc/raic/secrets/provider-%d/%s" (int $index) .setting) -}}
{{- else -}}
{{- $_ := set $made .setting (printf "${%s}" (include "raic.secretVariable" (dict "index" $index "setting" .setting))) -}}
{{- end -}}
{{- end -}}
{{- toYaml $made -}}
{{- end -}}

{{/* Everything secret that is read as a file, in one volume. */}}
{{- define "raic.secretSources" -}}
{{- $v := .Values -}}
{{- range $index, $provider := $v.providers -}}
{{- range $provider.secrets -}}
{{- if eq (default "file" .as) "file" }}
- secret:
    name: {{ .existingSecret | quote }}
    items:
      - key: {{ .key | quote }}
        path: {{ printf "provider-%d/%s" $index .setting | quote }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $v.database.url $v.database.existingSecret }}
- secret:
    name: {{ $v.database.existingSecret | quote }}
    items:
      - key: {{ $v.database.key | quote }}
        path: database/password
{{- end -}}
{{- if $v.gateway.admin.oidc.issuer }}
- secret:
    name: {{ $v.gateway.admin.oidc.existingSecret | quote }}
    items:
      - key: {{ $v.gateway.admin.oidc.key | quote }}
        path: oidc/client-secret
{{- end -}}
{{- if $v.tls.existingSecret }}
- secret:
    name: {{ $v.tls.existingSecret | quote }}
    items:
      - key: {{ $v.tls.certificateKey | quote }}
        path: tls/tls.crt
      - key: {{ $v.tls.privateKeyKey | quote }}
        path: tls/tls.key
{{- end -}}
{{- end -}}
