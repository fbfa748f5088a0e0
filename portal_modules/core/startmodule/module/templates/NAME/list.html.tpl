{% extends "shell.html" %}{% comment %}
What a customer has with the company, newest first.
Context: page (Django's Page), rows: its ${plural}, names_customer: does whoever is looking act for several.
{% endcomment %}{% load i18n %}
{% block title %}{% translate "${Plural}" %}{% endblock %}
{% block content %}
<div class="stack stack--l">
  <h1>{% translate "${Plural}" %}</h1>
  {% if rows %}
  <div class="table-box">
    <table class="table">
      <thead><tr>
        <th scope="col">{% translate "About" %}</th>
        {% if names_customer %}<th scope="col">{% translate "Customer" %}</th>{% endif %}
        <th scope="col">{% translate "Number" %}</th>
        <th scope="col">{% translate "State" %}</th>
        <th scope="col">{% translate "Opened on" %}</th>
      </tr></thead>
      <tbody>
        {% for row in rows %}<tr>
          <th scope="row"><a href="{{ row.record_url }}">{{ row.record_title }}</a></th>
          {% if names_customer %}<td data-label="{% translate 'Customer' %}">{{ row.customer.name }}</td>{% endif %}
          <td data-label="{% translate 'Number' %}">{{ row.record_number }}</td>
          <td data-label="{% translate 'State' %}"><span class="status{% if row.state == 'open' %} status--brand{% endif %}">{{ row.record_state }}</span></td>
          <td data-label="{% translate 'Opened on' %}"><time datetime="{{ row.opened_on|date:'Y-m-d' }}">{{ row.opened_on|date:"DATE_FORMAT" }}</time></td>
        </tr>
        {% endfor %}
      </tbody>
    </table>
  </div>
  {% include "components/pagination.html" with page=page query="" only %}
  {% else %}
  {% translate "Nothing here yet" as title %}{% translate "As soon as there is something for you, you follow it here." as text %}
  {% include "components/empty-state.html" with title=title text=text icon="file" only %}
  {% endif %}
</div>
{% endblock %}
