{{- define "raic.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 50 characters, so that the names made from it fit into 63. */}}
{{- define "raic.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "raic.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "raic.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "raic.selector" -}}
app.kubernetes.io/name: {{ include "raic.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gateway
{{- end -}}

{{- define "raic.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "raic.labels" -}}
{{ include "raic.selector" . }}
{{ include "raic.commonLabels" . }}
{{- end -}}

{{- define "raic.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "raic.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "raic.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* "yes" where the data directory is on a volume that stays. */}}
{{- define "raic.persistent" -}}
{{- if and .Values.persistence.enabled (not .Values.database.url) -}}yes{{- end -}}
{{- end -}}

{{/* After the grace uploads are undone and what was counted is written: that has limits of its own. */}}
{{- define "raic.terminationGrace" -}}
{{- $least := add .Values.preStopSeconds .Values.gateway.grace -}}
{{- if .Values.terminationGracePeriodSeconds -}}
{{- .Values.terminationGracePeriodSeconds | int -}}
{{- else -}}
{{- add $least 45 -}}
{{- end -}}
{{- end -}}

{{/* What Kubernetes has for every container of the restricted standard. */}}
{{- define "raic.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "raic.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The name of the variable that carries a secret of a provider: index, setting. */}}
{{- define "raic.secretVariable" -}}
{{- printf "PROVIDER_%d_%s" (.index | int) (.setting | upper | replace "-" "_") -}}
{{- end -}}
