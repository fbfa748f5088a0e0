{% extends "shell.html" %}{% comment %}
One ${words} of a customer: where it stands, and its facts.
Context: ${record} (the row), trail, names_customer.
{% endcomment %}{% load i18n %}
{% block title %}{{ ${record}.record_title }} · {{ ${record}.record_state }}{% endblock %}
{% block breadcrumbs %}{% include "components/breadcrumbs.html" with trail=trail only %}{% endblock %}
{% block content %}
<article class="record">
  <header class="record__head">
    <p class="kicker">{{ ${record}.record_number }}</p>
    <h1>{{ ${record}.record_title }}</h1>
    <p class="record__state"><span class="status{% if ${record}.state == 'open' %} status--brand{% endif %}">{{ ${record}.record_state }}</span></p>
  </header>
  <section class="stack" aria-labelledby="facts-title">
    <h2 id="facts-title">{% translate "Facts" %}</h2>
    <dl class="facts">
      {% if names_customer %}<div><dt>{% translate "Customer" %}</dt><dd>{{ ${record}.customer.name }}</dd></div>{% endif %}
      <div><dt>{% translate "Number" %}</dt><dd>{{ ${record}.record_number }}</dd></div>
      <div><dt>{% translate "Opened on" %}</dt><dd><time datetime="{{ ${record}.opened_on|date:'Y-m-d' }}">{{ ${record}.opened_on|date:"DATE_FORMAT" }}</time></dd></div>
      {% if ${record}.closed_on %}<div><dt>{% translate "Ended on" %}</dt><dd><time datetime="{{ ${record}.closed_on|date:'Y-m-d' }}">{{ ${record}.closed_on|date:"DATE_FORMAT" }}</time></dd></div>{% endif %}
    </dl>
  </section>
</article>
{% endblock %}
