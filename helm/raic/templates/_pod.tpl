{{- define "raic.probe" -}}
httpGet:
  path: {{ .path }}
  port: management
periodSeconds: {{ .probe.periodSeconds }}
timeoutSeconds: 3
failureThreshold: {{ .probe.failureThreshold }}
{{- end -}}

{{- define "raic.environment" -}}
{{- $options := .Values.gateway.javaOptions -}}
{{- if .Values.trustStore.existingConfigMap -}}
{{- $options = concat $options (list "-Djavax.net.ssl.trustStore=/etc/raic/trust/truststore.p12" (printf "-Djavax.net.ssl.trustStorePassword=%s" .Values.trustStore.password)) -}}
{{- end -}}
env:
  {{- if $options }}
  - name: JDK_JAVA_OPTIONS
    value: {{ join " " $options | quote }}
  {{- end }}
  {{- range $index, $provider := .Values.providers }}
  {{- range $provider.secrets }}
  {{- if eq (default "file" .as) "env" }}
  - name: {{ include "raic.secretVariable" (dict "index" $index "setting" .setting) }}
    valueFrom:
      secretKeyRef:
        name: {{ .existingSecret | quote }}
        key: {{ .key | quote }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "raic.mounts" -}}
- name: config
  mountPath: /etc/raic/application.yaml
  subPath: application.yaml
  readOnly: true
- name: data
  mountPath: /var/lib/raic
- name: tmp
  mountPath: /tmp
{{- if include "raic.secretSources" . }}
- name: secrets
  mountPath: /etc/raic/secrets
  readOnly: true
{{- end }}
{{- if .Values.gateway.convergence.existingSecret }}
- name: convergence
  mountPath: /var/lib/raic/private
  readOnly: true
{{- end }}
{{- if .Values.trustStore.existingConfigMap }}
- name: trust
  mountPath: /etc/raic/trust
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "raic.volumes" -}}
- name: config
  configMap:
    name: {{ include "raic.fullname" . }}
- name: data
  {{- if include "raic.persistent" . }}
  persistentVolumeClaim:
    claimName: {{ default (include "raic.fullname" .) .Values.persistence.existingClaim }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ .Values.scratch.dataSize }}
  {{- end }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.scratch.tmpSize }}
{{- with include "raic.secretSources" . }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- trim . | nindent 6 }}
{{- end }}
{{- with .Values.gateway.convergence }}
{{- if .existingSecret }}
- name: convergence
  secret:
    secretName: {{ .existingSecret | quote }}
    defaultMode: 0440
    items:
      - key: {{ .key | quote }}
        path: convergence
{{- end }}
{{- end }}
{{- with .Values.trustStore }}
{{- if .existingConfigMap }}
- name: trust
  configMap:
    name: {{ .existingConfigMap | quote }}
    items:
      - key: {{ .key | quote }}
        path: truststore.p12
{{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
