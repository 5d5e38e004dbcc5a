{{/* Refuses values that a schema cannot: those that only together make no sense. */}}
{{- define "raic.checks" -}}
{{- $v := .Values -}}
{{- if and (not $v.database.url) (gt (int $v.replicas) 1) -}}
{{- fail "replicas: more than one gateway needs PostgreSQL: set database.url, or replicas to 1" -}}
{{- end -}}
{{- if and (not $v.database.url) $v.autoscaling.enabled -}}
{{- fail "autoscaling.enabled: more than one gateway needs PostgreSQL: set database.url" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (lt (int $v.autoscaling.maxReplicas) (int $v.autoscaling.minReplicas)) -}}
{{- fail "autoscaling.maxReplicas: less than minReplicas" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (not $v.autoscaling.targetCPU) (not $v.autoscaling.targetMemory) -}}
{{- fail "autoscaling: set targetCPU or targetMemory" -}}
{{- end -}}
{{- if and $v.database.url (not $v.providers) -}}
{{- fail "providers: the trial stores are in the data directory, which does not stay with PostgreSQL: name providers" -}}
{{- end -}}
{{- $least := add $v.preStopSeconds $v.gateway.grace -}}
{{- if and $v.terminationGracePeriodSeconds (le (int $v.terminationGracePeriodSeconds) (int $least)) -}}
{{- fail (printf "terminationGracePeriodSeconds: must be more than preStopSeconds + gateway.grace, which are %d" (int $least)) -}}
{{- end -}}
{{- if ge (int $v.gateway.needed) (int $v.gateway.total) -}}
{{- fail "gateway.total: must be more than gateway.needed" -}}
{{- end -}}
{{- if gt (int $v.gateway.happy) (int $v.gateway.total) -}}
{{- fail "gateway.happy: must not be more than gateway.total" -}}
{{- end -}}
{{- if and (eq $v.gateway.auth.mode "open") (not $v.gateway.auth.openAnywhere) -}}
{{- fail "gateway.auth.mode: open lets everybody in who reaches the Service: set gateway.auth.openAnywhere if you want that" -}}
{{- end -}}
{{- if eq (int $v.service.port) (int $v.management.port) -}}
{{- fail "management.port: must differ from service.port" -}}
{{- end -}}
{{- if and $v.gateway.admin.oidc.issuer (not (and $v.gateway.admin.oidc.clientId $v.gateway.admin.oidc.existingSecret)) -}}
{{- fail "gateway.admin.oidc: an issuer needs clientId and existingSecret" -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.hosts) -}}
{{- fail "ingress.hosts: name one" -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs: name a Gateway" -}}
{{- end -}}
{{- include "raic.providerChecks" . -}}
{{- end -}}

{{- define "raic.providerChecks" -}}
{{- $ids := dict -}}
{{- $secret := list "secret-access-key" "session-token" "credentials" "token" "account-key" "connection-string" "sas-token" "client-secret" "client-certificate-password" "jwt-config" "developer-token" "password" "application-credential-secret" -}}
{{- range .Values.providers -}}
{{- if hasKey $ids .id -}}
{{- fail (printf "providers: two have the id %s" .id) -}}
{{- end -}}
{{- $_ := set $ids .id true -}}
{{- $id := .id -}}
{{- range $name, $_ := .settings -}}
{{- if has (kebabcase $name) $secret -}}
{{- fail (printf "providers: %s of %s is a credential: put it into a Secret, and name that below secrets" $name $id) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
